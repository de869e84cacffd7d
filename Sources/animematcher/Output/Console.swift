import Foundation
import WebStandards

/// What the program prints: data on standard output, everything else on standard error.
enum Console {
    /// Prints one line of data.
    static func print(_ line: String) { write(line + "\n", to: .standardOutput) }

    /// Prints one JSON value on one line.
    static func print(_ value: JSONValue) { print(value.serialized()) }

    /// Prints one line about what goes on.
    static func note(_ line: String) { write(line + "\n", to: .standardError) }

    /// Prints what went wrong.
    static func error(_ line: String) { note("error: \(line)") }

    /// Text from outside, safe to show on a terminal: control characters and direction overrides become their code points.
    static func visible(_ text: String, limit: Int = 300) -> String {
        text.unicodeScalars.prefix(limit).reduce(into: "") { shown, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator:
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
    }

    /// Asks for a line.
    static func prompt(_ text: String) { write(text, to: .standardError) }

    /// Whether a person types what is read from standard input.
    static let isInteractive = isatty(STDIN_FILENO) == 1

    /// Whether standard output is a terminal.
    static let printsToTerminal = isatty(STDOUT_FILENO) == 1

    /// Whether standard error is a terminal, where a line may be painted over.
    static let isTerminal = isatty(STDERR_FILENO) == 1

    private static func write(_ text: String, to handle: FileHandle) {
        // A closed pipe (`| head`) is not an error of ours.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}

extension Duration {
    /// In seconds.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
