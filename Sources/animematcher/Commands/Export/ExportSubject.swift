import ArgumentParser
import Storage

/// What `export` takes out.
enum ExportSubject: String, ExpressibleByArgument, CaseIterable {
    case anime, entries, reviews, users, ratings, changes, pages

    /// The collection whose documents it is; nil where it is made of parts of them.
    var collection: ExportedCollection? { ExportedCollection(rawValue: rawValue) }

    /// The forms it can have, the usual one first.
    var formats: [ExportFormat] {
        switch self {
        case .anime, .entries, .reviews, .users, .changes: [.jsonl, .csv, .bson]
        case .ratings: [.csv, .npz, .mtx]
        case .pages: [.warc, .jsonl, .csv]
        }
    }

    /// Whether the documents of one site can be told.
    var hasSite: Bool { self != .anime && self != .changes }
}
