public import CrawlEngine
public import Logging
public import MongoDriver

/// Logs operations on MongoDB that took long, by their shape: what was looked for is nobody's business.
public struct SlowQueries: Sendable {
    /// Counts them.
    public let log: SlowLog
    private let bound: Duration?

    /// - Parameters:
    ///   - log: Where they are told.
    ///   - bound: What takes longer is slow; nil for nothing.
    public init(log: Logger, bound: Duration?) {
        self.log = SlowLog(log: log) { bound }
        self.bound = bound
    }

    /// What a client is to tell of its operations.
    public var observer: MongoClientOptions.OperationObserver {
        { [log, bound] elapsed, shape in
            guard let bound, elapsed > bound else { return }
            let shape = shape()
            guard !shape.isWait else { return }
            log.note("a query took long", elapsed) {
                ["command": "\(shape.name)", "namespace": "\(shape.namespace)", "shape": "\(shape.text)"]
            }
        }
    }
}
