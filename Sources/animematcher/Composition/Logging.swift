public import ArgumentParser
public import Logging
import Terminal

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
