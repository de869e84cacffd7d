/// A file that is imported, and how.
public struct ImportedFile: Sendable, Hashable {
    /// The same for the same content imported in the same way: a hash.
    public let id: String
    /// The file's name without its folder.
    public let name: String
    /// What is imported of it: entries, ratings, reviews, users or list.
    public let kind: String
    /// The site whose numbers it uses.
    public let site: String
    /// Its size as it is stored.
    public let bytes: Int

    /// Describes a file.
    public init(id: String, name: String, kind: String, site: String, bytes: Int) {
        self.id = id
        self.name = name
        self.kind = kind
        self.site = site
        self.bytes = bytes
    }
}
