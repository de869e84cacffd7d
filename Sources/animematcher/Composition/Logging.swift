public import ArgumentParser
import Foundation
public import Logging

/// How much is said about what goes on.
struct LoggingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("trace, debug, info, notice, warning, error or critical.", valueName: "level"))
    var logLevel: Logger.Level = .info

    /// A logger that writes one line per event to standard error.
    func logger(_ label: String) -> Logger {
        var logger = Logger(label: label) { _ in LineLogHandler() }
        logger.logLevel = logLevel
        return logger
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

/// One line per event: time, level, message, metadata. Text from outside cannot add a line or move the cursor.
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let time = Date().formatted(.iso8601.time(includingFractionalSeconds: true))
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let details = all.map { " \($0.key)=\($0.value)" }.joined()
        Console.note(Console.visible("\(time) \(event.level) \(event.message)\(details)", limit: 2_000))
    }
}
