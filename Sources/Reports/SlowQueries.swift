public import CrawlEngine
public import Logging
public import MongoDriver

/// Logs operations on MongoDB that took long, by their shape: what was looked for is nobody's business.
public struct SlowQueries: Sendable {
    /// Counts them.
    public let log: SlowLog

    /// - Parameters:
    ///   - log: Where they are told.
    ///   - bound: What takes longer is slow; nil for nothing.
    public init(log: Logger, bound: Duration?) { self.log = SlowLog(log: log) { bound } }

    /// What a client is to tell of its operations.
    public var observer: MongoClientOptions.OperationObserver {
        { [log] elapsed, shape in
            log.note("a query took long", elapsed) {
                let shape = shape()
                return ["command": "\(shape.name)", "namespace": "\(shape.namespace)", "shape": "\(shape.text)"]
            }
        }
    }
}
