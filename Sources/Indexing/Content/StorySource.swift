/// An anime with its descriptions.
public struct StorySource: Sendable, Hashable {
    /// The anime's id or title.
    public let id: String
    /// Its descriptions, one for each combined entry.
    public let descriptions: [String]

    /// Makes a source.
    public init(id: String, descriptions: [String]) {
        self.id = id
        self.descriptions = descriptions
    }
}
