/// What a query returns, and in which order.
public struct FindOptions: Sendable {
    /// Fields to sort by: 1 ascending, -1 descending, in order.
    public var sort: BSONDocument?
    /// Fields to return (1) or leave out (0).
    public var projection: BSONDocument?
    /// Documents to pass over first.
    public var skip: Int?
    /// Documents to return at most.
    public var limit: Int?
    /// Documents in one reply.
    public var batchSize: Int
    /// The index to use: its name or its keys.
    public var hint: BSONValue?
    /// Language rules for strings.
    public var collation: BSONDocument?
    /// Time the server may work on this; for a cursor, all its batches together.
    public var timeLimit: Duration?

    /// Everything, in the server's order, a thousand at a time.
    public init(
        sort: BSONDocument? = nil, projection: BSONDocument? = nil, skip: Int? = nil, limit: Int? = nil,
        batchSize: Int = 1000, hint: BSONValue? = nil, collation: BSONDocument? = nil, timeLimit: Duration? = nil
    ) {
        self.sort = sort
        self.projection = projection
        self.skip = skip
        self.limit = limit
        self.batchSize = batchSize
        self.hint = hint
        self.collation = collation
        self.timeLimit = timeLimit
    }

    var document: BSONDocument {
        var options = BSONDocument.present([
            "sort": sort.map(BSONValue.document), "projection": projection.map(BSONValue.document),
            "skip": skip.map { .int64(Int64($0)) }, "limit": limit.map { .int64(Int64($0)) },
            "batchSize": .int64(Int64(max(1, batchSize))), "hint": hint, "collation": collation.map(BSONValue.document),
        ])
        options.setTimeLimit(timeLimit)
        return options
    }
}
