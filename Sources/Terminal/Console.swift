import Foundation
import Logging
public import WebStandards

/// What a program prints: data on standard output, everything else on standard error.
///
/// Whatever a text holds, it is shown as ``VisibleText`` says: a page cannot add a line, move the cursor or turn the writing round.
public enum Console {
    /// Unicode scalars of the longest line on standard error.
    public static let maximumNote = 2_000

    /// Prints one line of data.
    public static func print(_ line: String) { write(VisibleText.line(line) + "\n", to: .standardOutput) }

    /// Prints one JSON value on one line.
    public static func print(_ value: JSONValue) {
        write(VisibleText.json(value.serialized()) + "\n", to: .standardOutput)
    }

    /// Prints one line of data; as it is where a file or a program reads it, which obeys nothing that it says.
    public static func pass(_ line: String) {
        if printsToTerminal { print(line) } else { write(line + "\n", to: .standardOutput) }
    }

    /// Prints one line about what goes on.
    public static func note(_ line: String) { note(line, level: .notice) }

    private static func note(_ line: String, level: Logger.Level) {
        guard LogFormat.current == .text else {
            return write(object: JSONLogHandler.object(level, label: "console", message: line, at: Date()))
        }
        write(VisibleText.line(line, limit: maximumNote) + "\n", to: .standardError)
    }

    /// Prints what went wrong, on one line or several.
    public static func error(_ text: String) {
        guard LogFormat.current == .text else { return note(text, level: .error) }
        lines("error: \(text)")
    }

    /// Prints why a program fails, as it was written.
    public static func failure(_ text: String) {
        guard LogFormat.current == .text else { return note(text, level: .error) }
        lines(text)
    }

    /// Prints lines about what goes on; only their line feeds are obeyed.
    public static func lines(_ text: String) {
        text.split(separator: "\n", omittingEmptySubsequences: false).forEach { note(String($0)) }
    }

    /// Paints over the last painted line on the terminal.
    public static func paint(_ line: String) {
        write("\r\u{1B}[2K\(VisibleText.line(line, limit: 200))", to: .standardError)
    }

    /// Asks for a line.
    public static func prompt(_ text: String) { write(VisibleText.line(text), to: .standardError) }

    /// Text from outside inside a sentence: bounded, and safe to show.
    public static func visible(_ text: String, limit: Int = 300) -> String { VisibleText.line(text, limit: limit) }

    /// Whether a person types what is read from standard input.
    public static let isInteractive = isatty(STDIN_FILENO) == 1

    /// Whether standard output is a terminal.
    public static let printsToTerminal = isatty(STDOUT_FILENO) == 1

    /// Whether standard error is a terminal, where a line may be painted over.
    public static var isTerminal: Bool { isErrorTerminal && LogFormat.current == .text }

    private static let isErrorTerminal = isatty(STDERR_FILENO) == 1

    /// Writes one object of the log.
    static func write(object: JSONObject) {
        write(VisibleText.json(JSONValue.object(object).serialized()) + "\n", to: .standardError)
    }

    private static func write(_ text: String, to handle: FileHandle) {
        // A closed pipe (`| head`) is not an error of ours.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
