import WebStandards

/// A URL that another site's spider has put into the queue before: it has one place there, and stays with who has it.
public struct ForeignURL: Error, Sendable, Hashable, CustomStringConvertible {
    /// As the site that lost wanted it.
    public let url: FrontierURL
    /// The site whose it is.
    public let owner: String

    /// A URL and who has it.
    public init(_ url: FrontierURL, owner: String) { (self.url, self.owner) = (url, owner) }

    public var description: String {
        "\(url.url.href) is in the queue of the site '\(owner)', whose spider found it first; '\(url.site)' cannot have it in the same database"
    }
}
