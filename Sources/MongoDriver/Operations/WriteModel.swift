/// How an update changes a document.
public enum Update: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// Update operators, such as `["$set": ["a": 1]]`.
    case operators(BSONDocument)
    /// An aggregation pipeline, whose expressions may read the document and the server's clock (`$$NOW`).
    case pipeline([BSONDocument])

    /// Update operators.
    public init(dictionaryLiteral elements: (String, BSONValue)...) { self = .operators(BSONDocument(elements)) }
}

/// What an update does besides: insert when nothing is found, and which array elements it means.
public struct UpdateOptions: Sendable, Hashable {
    /// Inserts a document when none is found.
    public var upsert: Bool
    /// Which array elements `$[name]` means.
    public var arrayFilters: [BSONDocument]
    /// The index to use: its name or its keys.
    public var hint: BSONValue?
    /// Language rules for strings.
    public var collation: BSONDocument?

    /// Changes what is found, and inserts nothing.
    public init(
        upsert: Bool = false, arrayFilters: [BSONDocument] = [], hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) {
        self.upsert = upsert
        self.arrayFilters = arrayFilters
        self.hint = hint
        self.collation = collation
    }

    /// Changes what is found, or inserts.
    public static let upsert = UpdateOptions(upsert: true)
}

/// One row of a bulk write.
public enum WriteModel: Sendable, Hashable {
    /// Inserts a document; without an `_id` it gets an `ObjectID`.
    case insertOne(BSONDocument)
    /// Changes the first document found.
    case updateOne(BSONDocument, Update, UpdateOptions = .init())
    /// Changes every document found; not tried again after a network error.
    case updateMany(BSONDocument, Update, UpdateOptions = .init())
    /// Replaces the first document found.
    case replaceOne(BSONDocument, BSONDocument, UpdateOptions = .init())
    /// Deletes the first document found.
    case deleteOne(BSONDocument)
    /// Deletes every document found; not tried again after a network error.
    case deleteMany(BSONDocument)
}
