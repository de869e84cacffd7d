/// What a bulk write did.
public struct BulkResult: Sendable, Hashable {
    /// Documents inserted by insert models.
    public var insertedCount = 0
    /// Documents that update and replace models found.
    public var matchedCount = 0
    /// Documents that were really changed.
    public var modifiedCount = 0
    /// Documents deleted.
    public var deletedCount = 0
    /// The `_id` of each upserted document by its model's index.
    public var upsertedIDs: [Int: BSONValue] = [:]
    /// The rows that failed, in order; empty when all succeeded.
    public var writeErrors: [WriteError] = []

    /// The server's and driver's labels of the failure, such as `TransientTransactionError`.
    var errorLabels: Set<String> = []

    /// Nothing done.
    public init() {}

    /// Documents inserted by update and replace models that found none.
    public var upsertedCount: Int { upsertedIDs.count }
}
