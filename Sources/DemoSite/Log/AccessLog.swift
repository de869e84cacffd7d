import Foundation
import Glibc

/// Every request, in the order in which answers ended; in memory, and in a file if one is named.
public final class AccessLog: Sendable {
    // NSCondition guards `state`, which is touched only between lock() and unlock().
    private final class State: @unchecked Sendable {
        var entries: [AccessLogEntry] = []
        var open = 0
        var file: Int32 = -1
    }

    private let condition = NSCondition()
    private let state = State()
    private let keepsEntries: Bool

    /// A log in memory, or of nothing at all.
    public init(keepsEntries: Bool = true) { self.keepsEntries = keepsEntries }

    /// A log in a file, one JSON object a line, appended to; nothing is kept in memory.
    ///
    /// - Throws: `.accessLog` when the file cannot be opened.
    public init(path: String) throws(DemoSiteError) {
        keepsEntries = false
        state.file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard state.file >= 0 else { throw DemoSiteError(.accessLog, "\(path): \(String(cString: strerror(errno)))") }
    }

    deinit { if state.file >= 0 { close(state.file) } }

    /// What was logged so far.
    public var entries: [AccessLogEntry] { locked { state.entries } }

    /// What was logged, once no answer is being sent; waits at most this many seconds for that.
    public func settledEntries(timeout: Double = 2) -> [AccessLogEntry] {
        let deadline = Date(timeIntervalSinceNow: timeout)
        return locked {
            while state.open > 0, condition.wait(until: deadline) {}
            return state.entries
        }
    }

    /// Forgets what was kept in memory.
    public func clear() { locked { state.entries.removeAll() } }

    func begin() { locked { state.open += 1 } }

    func end(_ entry: AccessLogEntry) {
        let line = state.file >= 0 ? [UInt8]((entry.jsonLine + "\n").utf8) : []
        locked {
            state.open -= 1
            if keepsEntries { state.entries.append(entry) }
            // One write call with O_APPEND, so that lines of several threads never mix.
            if state.file >= 0 { _ = line.withUnsafeBytes { write(state.file, $0.baseAddress, $0.count) } }
            condition.broadcast()
        }
    }

    private func locked<Value>(_ body: () -> Value) -> Value {
        condition.lock()
        defer { condition.unlock() }
        return body()
    }
}
