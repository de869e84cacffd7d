public import CrawlDomain

/// A collection whose documents can be taken out.
public enum ExportedCollection: String, Sendable, CaseIterable {
    case anime, entries, reviews, users, changes, pages

    /// What its changes are logged as; nil where they are not.
    public var subject: ChangeSubject? {
        switch self {
        case .anime: .anime
        case .entries: .entry
        case .reviews: .review
        case .users: .user
        case .changes, .pages: nil
        }
    }

    /// Whether the keys of its documents begin with their site: "demo:1".
    public var isKeyedBySite: Bool {
        switch self {
        case .entries, .reviews, .users: true
        case .anime, .changes, .pages: false
        }
    }

    var name: CollectionName {
        switch self {
        case .anime: .anime
        case .entries: .entries
        case .reviews: .reviews
        case .users: .users
        case .changes: .changes
        case .pages: .pages
        }
    }
}
