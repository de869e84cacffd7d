import CrawlDomain
import Foundation
import Storage
import Synchronization
import Terminal

/// Keeps the lease of a fire while its crawl runs; stops the crawl when the lease was lost.
final class FireKeeper: Sendable {
    private let store: FireStore
    private let lease: FireLease
    private let seconds: Int
    private let lost = Atomic<Bool>(false)

    init(_ lease: FireLease, store: FireStore, seconds: Int) {
        (self.lease, self.store, self.seconds) = (lease, store, seconds)
    }

    /// Whether somebody else has the fire now.
    var isLost: Bool { lost.load(ordering: .relaxed) }

    /// Runs `body` under the lease.
    func keep<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        let renewing = Task { await renew() }
        defer { renewing.cancel() }
        return try await body()
    }

    private func renew() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(seconds * 1000 / 3))
            guard !Task.isCancelled else { return }
            // While the database is away nobody can take the fire either; it is tried again.
            guard let isHeld = try? await store.renew(lease, seconds: seconds), !isHeld else { continue }
            lost.store(true, ordering: .relaxed)
            Console.note("the lease of \(lease.fire.id) was lost: somebody else runs it; this crawl stops")
            // As if somebody had asked it to stop: what was fetched is stored.
            kill(getpid(), SIGTERM)
            return
        }
    }
}
