/// What a request says before its body.
public struct RequestHead: Sendable, Hashable {
    /// "GET"; methods are case-sensitive.
    public var method: String
    /// What is asked for; the fragment is kept for whoever reads the answer and is not sent.
    public var url: WebURL
    /// As they are to be sent.
    public var fields: HeaderFields
    /// Whether a body follows.
    public var hasBody: Bool

    /// Makes a request.
    public init(method: String = "GET", url: WebURL, fields: HeaderFields = [:], hasBody: Bool = false) {
        self.method = method
        self.url = url
        self.fields = fields
        self.hasBody = hasBody
    }
}
