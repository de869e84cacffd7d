import ArgumentParser
import CrawlEngine
import Foundation
import Storage
import Terminal
import WebStandards
import Webhooks

/// `animematcher webhook run`.
struct WebhookRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Deliver changes to a webhook, until Ctrl-C or, with --once, until all are delivered.",
        discussion: """
              animematcher webhook run recommender
              animematcher webhook run recommender --once --json
            """)

    @OptionGroup var choice: WebhookChoice
    @Flag(help: "End when there is no more; fail when the receiver must be tried again later.") var once = false
    @Flag(help: "Print JSON, one event a line.") var json = false
    /// So that tests of receivers that fail do not wait.
    @Option(help: .hidden) var firstWait = 1.0
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await database.withDatabase { database, configuration in
            var policy = DeliveryPolicy()
            policy.firstWait = firstWait
            let (json, policy_) = (json, policy)
            try await choice.withSender(configuration) { sender in
                let deliverer = WebhookDeliverer(database: database, sender: sender, policy: policy_) { event in
                    Console.print(json ? event.value.serialized() : event.line)
                }
                let work = Task { try await deliver(deliverer) }
                let signals = StopSignals { work.cancel() }
                defer { signals.cancel() }
                try await work.value
            }
        }
    }

    private func deliver(_ deliverer: WebhookDeliverer) async throws {
        do {
            guard once else {
                if let reason = try await deliverer.follow() { throw stopped(reason) }
                return
            }
            switch try await deliverer.pass() {
            case .idle: return
            case .busy: throw Failure("another program is delivering to \(choice.name)")
            case .stopped(let reason): throw stopped(reason)
            case .waits(let next, let error):
                throw Failure("\(error ?? "the last try failed"); the next is due \(next.formatted(.iso8601))")
            }
        } catch {
            guard Task.isCancelled, !(error is Failure) else { throw error }
        }
    }

    private func stopped(_ reason: String) -> Failure {
        Failure("\(choice.name) is stopped: \(reason); to go on: animematcher webhook resume \(choice.name)")
    }
}

extension WebhookDeliverer.Event {
    fileprivate var line: String {
        switch self {
        case .delivered(let first, let last, let count): "delivered \(first)–\(last): \(count) changes"
        case .failed(let reason, let next):
            "not delivered: \(reason)\(next.map { "; next try \($0.formatted(.iso8601))" } ?? "")"
        case .parked(let number, let key, let reason): "parked \(number) of \(key): \(reason)"
        }
    }

    fileprivate var value: JSONValue {
        switch self {
        case .delivered(let first, let last, let count):
            .object([
                "event": "delivered", "first": .int(Int64(first)), "last": .int(Int64(last)),
                "count": .int(Int64(count)),
            ])
        case .failed(let reason, let next):
            .object([
                "event": "failed", "reason": .string(reason),
                "next_try": next.map { .string($0.formatted(.iso8601)) } ?? .null,
            ])
        case .parked(let number, let key, let reason):
            .object([
                "event": "parked", "number": .int(Int64(number)), "key": .string(key), "reason": .string(reason),
            ])
        }
    }
}
