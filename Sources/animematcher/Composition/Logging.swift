public import ArgumentParser
public import Logging
public import Terminal

/// How much is said about what goes on.
struct LoggingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("trace, debug, info, notice, warning, error or critical.", valueName: "level"))
    var logLevel: Logger.Level = .info

    @Option(help: ArgumentHelp("text or json; wins over \(LogFormat.variable).", valueName: "format"))
    var logFormat: LogFormat?

    func validate() throws {
        if let logFormat { LogFormat.use(logFormat) }
    }

    /// A logger that writes one line per event to standard error.
    func logger(_ label: String) -> Logger {
        var logger = Logger(label: label, factory: LogFormat.handler(label:))
        logger.logLevel = logLevel
        return logger
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
extension LogFormat: ExpressibleByArgument {}
