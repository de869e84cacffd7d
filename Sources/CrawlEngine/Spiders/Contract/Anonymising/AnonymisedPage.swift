public import WebStandards

/// A page without the people on it.
public struct AnonymisedPage: Sendable {
    /// Its URL, with the same names in the place of names.
    public let url: WebURL
    /// The page in UTF-8.
    public let body: [UInt8]
    /// The Content-Type under which it is read as UTF-8; nil where it says so itself.
    public let contentType: String?
    /// How many people were found.
    public let people: Int
    /// Names that still stand somewhere: as part of a word, or as the ordinary words they also are; and how often.
    public let leftovers: [(name: String, count: Int)]
}
