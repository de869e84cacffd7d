import Foundation
public import Logging
import WebStandards

/// One JSON object per event on standard error: `time` (RFC 3339, UTC), `level`, `label`, `message`, then the event's metadata, each a
/// field of its own; bounded, and without anything that a terminal obeys.
public struct JSONLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel = Logger.Level.info

    private let label: String
    /// Fields of metadata at most, and how deep they may be nested.
    private static let (mostFields, mostDepth) = (40, 4)
    /// Unicode scalars of one value at most.
    private static let longestValue = 1_000
    /// What metadata may not be called, since it is what every line has.
    private static let ownFields: Set<String> = ["time", "level", "label", "message", "error"]

    /// A handler for events from `info` on.
    public init(label: String) { self.label = label }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) { Console.write(object: object(of: event, at: Date())) }

    /// The event as it is written.
    func object(of event: LogEvent, at time: Date) -> JSONObject {
        var object = Self.object(event.level, label: label, message: "\(event.message)", at: time)
        if let error = event.error { object["error"] = .string(Self.bounded("\(error)")) }
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        for (key, value) in all.prefix(Self.mostFields) {
            let name = Self.ownFields.contains(key) ? "metadata_\(key)" : Self.bounded(key, 100)
            object[name] = Self.value(value, depth: 1)
        }
        return object
    }

    /// A line without metadata.
    static func object(_ level: Logger.Level, label: String, message: String, at time: Date) -> JSONObject {
        [
            "time": .string(time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))),
            "level": .string(level.rawValue), "label": .string(label),
            "message": .string(bounded(message, Console.maximumNote)),
        ]
    }

    private static func value(_ value: Logger.MetadataValue, depth: Int) -> JSONValue {
        guard depth <= mostDepth else { return .string("…") }
        switch value {
        case .string(let text): return .string(bounded(text))
        case .stringConvertible(let number as Int): return .int(Int64(number))
        case .stringConvertible(let number as Double) where number.isFinite: return .double(number)
        case .stringConvertible(let truth as Bool): return .bool(truth)
        case .stringConvertible(let other): return .string(bounded("\(other)"))
        case .array(let values): return .array(values.prefix(mostFields).map { self.value($0, depth: depth + 1) })
        case .dictionary(let fields):
            let sorted = fields.sorted { $0.key < $1.key }.prefix(mostFields)
            return .object(JSONObject(sorted.map { (bounded($0.key, 100), self.value($0.value, depth: depth + 1)) }))
        }
    }

    /// The text's beginning; what it holds is escaped where it is written.
    private static func bounded(_ text: String, _ limit: Int = longestValue) -> String {
        guard text.utf8.count > limit, !text.unicodeScalars.dropFirst(limit).isEmpty else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))) + "…"
    }
}
