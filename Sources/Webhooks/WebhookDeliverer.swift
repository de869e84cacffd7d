import CrawlDomain
import CrawlEngine
public import Foundation
public import Storage
import WebStandards

/// Follows the change log for one webhook: in the order of numbers, one message at a time, at least once.
///
/// Whoever has the consumer's turn delivers. What is about to be sent is stored with the turn's renewal, so that after a death the same message is
/// sent again under the same id; the position is stored after the 2xx.
public struct WebhookDeliverer: Sendable {
    /// What happened, to be told.
    public enum Event: Sendable, Hashable {
        case delivered(first: Int, last: Int, count: Int)
        case failed(String, next: Date?)
        case parked(number: Int, key: String, reason: String)
    }

    /// How a pass ended.
    public enum Ending: Sendable, Hashable {
        /// All there is was delivered.
        case idle
        /// The next message is to be tried then.
        case waits(until: Date, error: String?)
        case stopped(reason: String)
        /// Another program delivers.
        case busy
    }

    private let database: AnimeDatabase
    private let sender: WebhookSender
    private let policy: DeliveryPolicy
    private let report: @Sendable (Event) -> Void

    /// Changes looked at for one message.
    private static let window = 1_000
    /// Bytes of documents in one message; one document may be larger.
    private static let largestDocuments = 4 << 20

    private var webhook: Webhook { sender.webhook }
    private var consumer: String { Consumer.name(ofWebhook: webhook.name) }

    /// - Parameter report: Told of each message.
    public init(
        database: AnimeDatabase, sender: WebhookSender, policy: DeliveryPolicy = .init(),
        report: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        self.database = database
        self.sender = sender
        self.policy = policy
        self.report = report
    }

    /// Delivers until the task is cancelled, or the receiver wants no more.
    ///
    /// - Returns: Why it is stopped; nil when cancelled.
    public func follow() async throws -> String? {
        while !Task.isCancelled {
            var pause = 1.0
            switch try await pass() {
            case .stopped(let reason): return reason
            case .waits(let next, _): pause = min(max(0.05, next.timeIntervalSinceNow), 5)
            case .idle, .busy: break
            }
            try? await Task.sleep(for: .seconds(pause))
        }
        return nil
    }

    /// Delivers what there is now, as far as it can be.
    public func pass() async throws -> Ending {
        try await inTurn { turn in
            var state = try await database.position(of: consumer).read()
            while true {
                if let reason = state.delivery.stopped { return .stopped(reason: reason) }
                if let next = policy.next(of: state.delivery, now: Date()) {
                    return .waits(until: next, error: state.delivery.error)
                }
                guard !Task.isCancelled, try await step(&state, turn) else { return .idle }
            }
        }
    }

    /// Sends parked changes once more, in order, and those that wait behind them.
    ///
    /// - Returns: How many were delivered; nil when another program delivers.
    public func retryParked() async throws -> Int? {
        var count = 0
        let ending = try await inTurn { turn in
            var state = try await database.position(of: consumer).read()
            var refused: Set<String> = []
            for parked in state.delivery.parked.sorted(by: { $0.number < $1.number }) {
                let name = "\(parked.subject.rawValue) \(parked.key)"
                guard !refused.contains(name) else { continue }
                let page = try await database.changes.page(after: parked.number - 1, limit: 1)
                if let change = page.changes.first, change.number == parked.number, !change.isRedacted {
                    try await turn.write(change: state.change, state.delivery, delivered: false)
                    let answer = await sender.send(try await message(of: [change], isComplete: page.isComplete))
                    guard answer == .accepted else {
                        refused.insert(name)
                        report(.parked(number: change.number, key: change.key, reason: answer.description))
                        continue
                    }
                    report(.delivered(first: change.number, last: change.number, count: 1))
                    count += 1
                }
                // Gone from the log is gone: a newer one of the document follows.
                state.delivery.parked.removeAll { $0.number == parked.number }
                try await turn.write(change: state.change, state.delivery, delivered: true)
            }
            return .idle
        }
        return ending == .busy ? nil : count
    }

    private func inTurn(_ body: (ConsumerTurn) async throws -> Ending) async throws -> Ending {
        guard let turn = try await database.position(of: consumer).takeTurnIfFree() else { return .busy }
        do {
            let ending = try await body(turn)
            try await Self.toItsEnd { try await turn.end() }
            return ending
        } catch StorageError.turnLost {
            // What was sent is sent again by whoever has it now, under the same id.
            return .busy
        } catch {
            try? await Self.toItsEnd { try await turn.end() }
            throw error
        }
    }

    /// Takes in the next changes.
    ///
    /// - Returns: Whether there were any.
    private func step(_ state: inout ConsumerPosition.State, _ turn: ConsumerTurn) async throws -> Bool {
        let page = try await database.changes.page(after: state.change, limit: Self.window)
        guard let plan = plan(page.changes, state) else { return false }
        guard !plan.sent.isEmpty else {
            plan.waiting.forEach { state.delivery.wait($0) }
            state.delivery.end = nil
            try await advance(&state, to: plan.last, turn)
            return true
        }
        state.delivery.end = plan.last
        let message = try await message(of: plan.sent, isComplete: page.isComplete)
        // Renews the turn, too: it outlasts the request.
        try await turn.write(change: state.change, state.delivery, delivered: false)
        let answer = await sender.send(message)
        // Not answered because we are to end: nothing is to be learnt from it.
        if Task.isCancelled, answer != .accepted { return false }
        let parked = state.delivery.parked.count
        let moves = policy.note(
            answer, to: plan.sent, last: plan.last, in: &state.delivery, now: Date(), chance: .random(in: 0...1))
        if answer == .accepted {
            report(
                .delivered(
                    first: plan.sent.first?.number ?? 0, last: plan.sent.last?.number ?? 0, count: plan.sent.count))
        } else if state.delivery.parked.count > parked, let change = plan.sent.first {
            report(.parked(number: change.number, key: change.key, reason: answer.description))
        } else {
            report(.failed(answer.description, next: state.delivery.next))
        }
        guard moves else {
            try await turn.write(change: state.change, state.delivery, delivered: false)
            return true
        }
        plan.waiting.forEach { state.delivery.wait($0) }
        plan.sent.filter(\.isForgetting).forEach { state.delivery.unpark(before: $0) }
        try await advance(&state, to: plan.last, turn)
        return true
    }

    private func advance(_ state: inout ConsumerPosition.State, to last: Int, _ turn: ConsumerTurn) async throws {
        state.change = last
        if let end = state.delivery.singlyTo, last >= end { state.delivery.singlyTo = nil }
        let delivery = state.delivery
        try await Self.toItsEnd { try await turn.write(change: last, delivery, delivered: true) }
    }

    /// Does what a cancellation must not cut off: the note of what was taken, and giving the turn back.
    private static func toItsEnd(_ work: @escaping @Sendable () async throws -> Void) async throws {
        try await Task { try await work() }.value
    }

    /// What the next message is of.
    private struct Plan {
        var sent: [Change] = []
        /// Those that wait behind a parked one.
        var waiting: [Change] = []
        var last = 0
    }

    private func plan(_ changes: [Change], _ state: ConsumerPosition.State) -> Plan? {
        let delivery = state.delivery
        // Compaction may have taken the whole of a message from one who did not come for months.
        let end = delivery.end.flatMap { end in changes.first.map { $0.number <= end } == true ? end : nil }
        let limit = delivery.singlyTo.map { state.change < $0 } == true ? 1 : webhook.batch
        var plan = Plan()
        for change in changes {
            if let end, change.number > end { break }
            plan.last = change.number
            guard webhook.subjects.contains(change.subject), !change.isRedacted else { continue }
            if delivery.parked(before: change) != nil {
                guard change.isForgetting else {
                    plan.waiting.append(change)
                    continue
                }
                // What it removes is not to be kept by a refusal of what came before. Later ones of the document come after it.
                plan.sent.append(change)
                break
            } else {
                plan.sent.append(change)
                // What was sent before is sent again as it was, however many it were.
                if end == nil, plan.sent.count == limit { break }
            }
        }
        return plan.last > 0 ? plan : nil
    }

    private func message(of changes: [Change], isComplete: Bool) async throws -> WebhookMessage {
        guard webhook.includesDocuments else {
            return WebhookMessage(
                of: webhook.name, changes.map { .init(change: $0, document: nil) }, isComplete: isComplete)
        }
        let documents = try await database.changes.documents(of: changes)
        var bytes = 0
        let rows = changes.map { change -> WebhookMessage.Row in
            let document = documents[change.subject]?[change.key].map(JSONValue.object) ?? .null
            bytes += document.serializedBytes().count
            // A message that grew too large says which documents to read for oneself.
            let isSent = bytes <= Self.largestDocuments || changes.count == 1
            return .init(change: change, document: isSent ? document : nil)
        }
        return WebhookMessage(of: webhook.name, rows, isComplete: isComplete)
    }
}

extension DeliveryState {
    /// Parks a change behind an earlier one of its document.
    fileprivate mutating func wait(_ change: Change) {
        guard let first = parked(before: change) else { return }
        park(change, reason: "waits for change \(first.number)")
    }

    /// Gives up what is parked of a document that is forgotten.
    fileprivate mutating func unpark(before change: Change) {
        parked.removeAll { $0.number < change.number && $0.key == change.key && $0.subject == change.subject }
    }
}
