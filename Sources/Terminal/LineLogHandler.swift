import Foundation
public import Logging

/// One line per event on standard error: time, level, message, metadata; bounded, and without anything that a terminal obeys.
public struct LineLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel = Logger.Level.info

    /// A handler for events from `info` on.
    public init() {}

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        Console.note("\(Date().formatted(.iso8601.time(includingFractionalSeconds: true))) \(text(of: event))")
    }

    /// The event without its time.
    func text(of event: LogEvent) -> String {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let details = all.map { " \($0.key)=\($0.value)" }.joined()
        let error = event.error.map { " error=\($0)" } ?? ""
        return "\(event.level) \(event.message)\(details)\(error)"
    }
}
