import CMongoC
import Synchronization

/// The process-wide state of libmongoc.
enum LibMongoC {
    private static let isStarted: Bool = {
        // CMongoCLoading has silenced the library while the program was loaded; from here on its lines have somewhere to go.
        mongoc_log_set_handler(
            { level, domain, text, _ in
                let message = text.map { String(cString: $0) } ?? ""
                DriverLog.deliver(level, domain.map { String(cString: $0) } ?? "", message)
            }, nil)
        mongoc_init()
        return true
    }()

    /// Initialises the library, once; it is never cleaned up, because other threads may still use it while a process exits.
    static func start() { _ = isStarted }
}

/// Where libmongoc's own log lines go: nowhere, unless a handler is set.
public enum DriverLog {
    /// How serious a line is, as libmongoc says.
    public enum Level: String, Sendable { case error, critical, warning, message, info, debug, trace }

    /// Takes a level, the part of libmongoc that speaks, and its line.
    public typealias Handler = @Sendable (Level, String, String) -> Void

    private static let handler = Mutex<Handler?>(nil)

    /// Sets who gets the lines of the whole process; called on any thread.
    public static func setHandler(_ newHandler: Handler?) { handler.withLock { $0 = newHandler } }

    static func deliver(_ level: mongoc_log_level_t, _ domain: String, _ message: String) {
        guard let handler = handler.withLock({ $0 }) else { return }
        handler(Level(level), domain, message)
    }
}

extension DriverLog.Level {
    fileprivate init(_ level: mongoc_log_level_t) {
        switch level {
        case MONGOC_LOG_LEVEL_ERROR: self = .error
        case MONGOC_LOG_LEVEL_CRITICAL: self = .critical
        case MONGOC_LOG_LEVEL_WARNING: self = .warning
        case MONGOC_LOG_LEVEL_MESSAGE: self = .message
        case MONGOC_LOG_LEVEL_INFO: self = .info
        case MONGOC_LOG_LEVEL_DEBUG: self = .debug
        default: self = .trace
        }
    }
}
