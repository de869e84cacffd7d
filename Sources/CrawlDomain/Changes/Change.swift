public import struct Foundation.Date

/// What a change was made to.
public enum ChangeSubject: String, Sendable, Hashable, Codable, CaseIterable {
    case entry, review, user
    /// A combined anime document, derived from entries.
    case anime
}

extension ChangeSubject {
    /// The subject of a change to an item.
    public init(_ type: ItemType) {
        switch type {
        case .entry: self = .entry
        case .review: self = .review
        case .user: self = .user
        }
    }
}

/// Why something changed.
public struct ChangeCause: Sendable, Hashable {
    /// The bounded kind of cause.
    public enum Kind: String, Sendable, Hashable, Codable { case crawl, `import`, reparse, catalog, forget, release }

    /// The kind of cause.
    public let kind: Kind
    /// Which one: a run's id, an imported file's name.
    public let id: String

    /// Makes a cause.
    public init(_ kind: Kind, id: String) {
        self.kind = kind
        self.id = id
    }
}

/// One numbered entry of the append-only change log.
public struct Change: Sendable, Hashable {
    /// What happened to the document.
    public enum Operation: String, Sendable, Hashable, Codable { case insert, update, delete }

    /// One field whose value changed, with the hash of what it was and is; nil where there was or is nothing.
    public struct Field: Sendable, Hashable {
        /// The field.
        public let name: String
        /// The hash of what it was; nil when there was nothing.
        public let old: ContentHash?
        /// The hash of what it is; nil when there is nothing.
        public let new: ContentHash?

        /// Makes a field change.
        public init(name: String, old: ContentHash?, new: ContentHash?) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    /// The position in the log: 1, 2, 3 … without holes.
    public let number: Int
    /// What was changed.
    public let subject: ChangeSubject
    /// The changed document's `_id`.
    public let key: String
    /// Of a review, the entry it is of; nil for all else. What combines reviews learns so what a deleted one belonged to.
    public var entry: String?
    /// What happened to it.
    public let operation: Operation
    /// The fields that differ.
    public let fields: [Field]
    /// Why.
    public let cause: ChangeCause
    /// Of an anime that was deleted: what its main entry's anime is called from now on.
    public var successor: String?
    /// When it was written, by the writer's clock; order by `number`, not by this.
    public let at: Date

    /// Makes a change.
    public init(
        number: Int, subject: ChangeSubject, key: String, operation: Operation, fields: [Field], cause: ChangeCause,
        at: Date
    ) {
        self.number = number
        self.subject = subject
        self.key = key
        self.operation = operation
        self.fields = fields
        self.cause = cause
        self.at = at
    }
}

extension Change {
    /// What stands in place of the key in older changes of somebody who was forgotten; no key of a person, whose names are not empty.
    public static func redactedKey(site: String) -> String { "\(site):" }

    /// Whether the key was written over: there is no document of it, and a later change says what to delete.
    public var isRedacted: Bool { Self.isRedacted(subject, key: key) }

    /// Whether this stands in place of a key.
    public static func isRedacted(_ subject: ChangeSubject, key: String) -> Bool {
        subject == .user && key.firstIndex(of: ":").map(key.index(after:)) == key.endIndex
    }

    /// Whether it removes what somebody asked to be forgotten, which waits for nothing.
    public var isForgetting: Bool { operation == .delete && cause.kind == .forget }
}
