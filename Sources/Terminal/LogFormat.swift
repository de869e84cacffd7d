import Foundation
public import Logging
import Synchronization

/// How a program writes what it has to say on standard error.
public enum LogFormat: String, Sendable, CaseIterable {
    /// One line of text an event, for people.
    case text
    /// One JSON object a line, for programs that gather logs; whatever else goes to standard error has this form too.
    case json

    /// What decides where the command line does not.
    public static let variable = "ANIMEMATCHER_LOG_FORMAT"

    /// The form in use: what ``use(_:)`` said last, else what the environment says, else text.
    public static var current: LogFormat {
        chosen.withLock { $0 } ?? fromEnvironment
    }

    /// Uses this form from now on; also in programs that are started from here.
    public static func use(_ format: LogFormat) {
        chosen.withLock { $0 = format }
        setenv(variable, format.rawValue, 1)
    }

    /// A handler that writes in the form in use.
    public static func handler(label: String) -> any LogHandler {
        switch current {
        case .text: LineLogHandler()
        case .json: JSONLogHandler(label: label)
        }
    }

    private static let chosen = Mutex<LogFormat?>(nil)
    private static let fromEnvironment =
        ProcessInfo.processInfo.environment[variable].flatMap(LogFormat.init(rawValue:)) ?? .text
}
