/// One person's rating of one item, as evaluation files have it.
public struct Rating: Sendable, Hashable {
    /// Who rated.
    public let user: Int
    /// What was rated.
    public let item: Int
    /// The score, usually 1 to 10.
    public let value: Double

    /// Makes a rating.
    public init(user: Int, item: Int, value: Double) {
        self.user = user
        self.item = item
        self.value = value
    }
}
