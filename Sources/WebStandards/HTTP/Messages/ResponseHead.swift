/// What an answer says before its body.
public struct ResponseHead: Sendable, Hashable {
    /// Three digits.
    public var status: Int
    /// As they came.
    public var fields: HeaderFields

    /// Makes an answer.
    public init(status: Int, fields: HeaderFields = [:]) {
        self.status = status
        self.fields = fields
    }
}
