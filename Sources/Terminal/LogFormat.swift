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

    /// What is wrong with the environment, and what was expected; nil where it names a form or none, or the command line has said one.
    ///
    /// A program is to refuse it: whoever gathers its log would get another one than was asked for.
    public static var mistake: String? {
        guard chosen.withLock({ $0 }) == nil, let text = ProcessInfo.processInfo.environment[variable],
            !text.isEmpty, LogFormat(rawValue: text) == nil
        else { return nil }
        let forms = allCases.map(\.rawValue).joined(separator: " or ")
        return "\(variable)=\(Console.visible(text)): expected \(forms)"
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
