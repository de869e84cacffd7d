import Foundation

/// Somebody on one site, by a name as it is stored or as the site writes it.
public struct Person: Sendable, Hashable {
    /// The spider's site.
    public let site: String
    /// The name, or its HMAC; letter case does not count.
    public let name: String

    /// Names a person.
    public init(site: String, name: String) {
        self.site = site
        self.name = name
    }

    /// Names are equal whatever their letter case, as on the sites, and in whatever form of Unicode.
    var folded: String { name.precomposedStringWithCanonicalMapping.lowercased() }

    public static func == (a: Person, b: Person) -> Bool { a.site == b.site && a.folded == b.folded }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(site)
        hasher.combine(folded)
    }
}
