public import Logging
public import ServiceLifecycle
public import Storage
public import Webhooks

/// Delivers changes to webhooks, each in a loop of its own, so that one that does not answer keeps no other waiting.
public struct WebhookService: Service {
    /// After a failure of our own it is tried again this late.
    private static let pause: Duration = .seconds(5)
    /// One that is stopped may be resumed meanwhile.
    private static let stoppedPause: Duration = .seconds(10)

    private let database: AnimeDatabase
    private let senders: [(name: String, sender: WebhookSender)]
    private let log: Logger

    /// Delivers to these.
    public init(database: AnimeDatabase, senders: [(name: String, sender: WebhookSender)], log: Logger) {
        self.database = database
        self.senders = senders
        self.log = log
    }

    /// Runs until shutdown.
    ///
    /// - Throws: The third failure of our own in a row; a receiver that fails is waited for.
    public func run() async throws {
        guard !senders.isEmpty else {
            try? await gracefulShutdown()
            return
        }
        try await cancelWhenGracefulShutdown {
            try await withThrowingDiscardingTaskGroup { group in
                for (name, sender) in senders { group.addTask { try await follow(name, sender) } }
            }
        }
    }

    private func follow(_ name: String, _ sender: WebhookSender) async throws {
        let log = log
        let failures = FailureStreak()
        let deliverer = WebhookDeliverer(database: database, sender: sender) { event in
            failures.succeeded()
            let hook = Logger.MetadataValue.string(name)
            switch event {
            case .delivered(let first, let last, let count):
                log.info("changes delivered", metadata: ["webhook": hook, "changes": "\(first)–\(last), \(count)"])
            case .failed(let reason, _):
                log.warning("changes not delivered; tried again", metadata: ["webhook": hook, "reason": "\(reason)"])
            case .parked(let number, let key, let reason):
                log.error(
                    "a change is parked",
                    metadata: ["webhook": hook, "change": "\(number)", "key": "\(key)", "reason": "\(reason)"])
            }
        }
        var isSaid = false
        while !Task.isCancelled {
            let start = ContinuousClock.now
            do {
                if let reason = try await deliverer.follow() {
                    failures.succeeded()
                    if !isSaid {
                        log.error("webhook stopped", metadata: ["webhook": .string(name), "reason": "\(reason)"])
                    }
                    isSaid = true
                    try? await Task.sleep(for: Self.stoppedPause)
                }
            } catch {
                if !Task.isCancelled {
                    log.error("webhook \(name) is tried again in a moment: \(error)")
                    try failures.failed(error, afterRunning: start.duration(to: .now))
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}
