/// Where a resume token points; opaque, and only meaningful to the server that gave it.
public struct ResumeToken: Sendable, Hashable {
    /// The token as the server gave it, to be stored.
    public let document: BSONDocument

    /// A token that was stored.
    public init(_ document: BSONDocument) { self.document = document }
}

/// Where a change stream begins.
public enum ChangeStreamStart: Sendable, Hashable {
    /// With the next change.
    case now
    /// With the change after this token.
    case after(ResumeToken)
    /// With the first change at or after this operation time.
    case at(BSONTimestamp)
}

/// What a change stream tells of each change.
public struct ChangeStreamOptions: Sendable {
    /// Where it begins.
    public var start: ChangeStreamStart
    /// Stages that filter or reshape the events; they must keep `_id`.
    public var pipeline: [BSONDocument]
    /// Whether an update's event has the whole document as it is at reading time in `fullDocument`.
    public var includesFullDocument: Bool
    /// How long the server waits for a change before it answers with an empty batch.
    public var maximumWait: Duration
    /// Events in one batch, at most.
    public var batchSize: Int

    /// All changes from now on, looked for a second at a time.
    public init(
        start: ChangeStreamStart = .now, pipeline: [BSONDocument] = [], includesFullDocument: Bool = false,
        maximumWait: Duration = .seconds(1), batchSize: Int = 1000
    ) {
        self.start = start
        self.pipeline = pipeline
        self.includesFullDocument = includesFullDocument
        self.maximumWait = maximumWait
        self.batchSize = batchSize
    }
}
