import HTTPTypes
import Synchronization

/// How many forms with lists are read at once: each may hold some megabytes, and more when it is unpacked.
final class UploadTurns: Sendable {
    private let most: Int
    private let underWay = Mutex(0)

    init(most: Int = 8) { self.most = most }

    /// Does something while it holds a turn.
    ///
    /// - Throws: ``Problem`` 503 where all turns are taken.
    func with<Value>(_ body: () async throws -> Value) async throws -> Value {
        let isFree = underWay.withLock { count in
            guard count < most else { return false }
            count += 1
            return true
        }
        guard isFree else {
            var problem = Problem(.serviceUnavailable, "too many lists are being read; send yours again in a moment")
            problem.retryAfter = 5
            throw problem
        }
        defer { underWay.withLock { $0 -= 1 } }
        return try await body()
    }
}
