/// Tells of each operation how long it kept its lane.
struct OperationTimer: Sendable {
    let observer: MongoClientOptions.OperationObserver?

    /// Runs an operation.
    ///
    /// - Parameter shape: What it asks, made only where somebody wants to know.
    func time<Value>(
        _ shape: () -> OperationShape, _ body: () throws(MongoError) -> Value
    ) throws(MongoError) -> Value {
        guard let observer else { return try body() }
        let begin = ContinuousClock.now
        defer { observer(begin.duration(to: .now), shape) }
        return try body()
    }
}

extension CursorSource {
    /// What it asks.
    var shape: OperationShape {
        switch self {
        case .find(let namespace, let filter):
            OperationShape(name: "find", namespace: namespace.text, document: try? BSONDocument(bson: filter))
        case .aggregate(let namespace, let pipeline):
            OperationShape(name: "aggregate", namespace: namespace.text, document: try? BSONDocument(bson: pipeline))
        case .databaseAggregate(let name, let pipeline):
            OperationShape(name: "aggregate", namespace: name, document: try? BSONDocument(bson: pipeline))
        case .collections(let name): OperationShape(name: "listCollections", namespace: name)
        case .indexes(let namespace): OperationShape(name: "listIndexes", namespace: namespace.text)
        }
    }
}

extension Namespace {
    /// "database.collection".
    var text: String { "\(database).\(collection)" }
}
