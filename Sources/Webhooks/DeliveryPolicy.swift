import CrawlDomain
public import Foundation
import Storage
import WebStandards

/// What becomes of a webhook's state by an answer; a value that takes time and chance as arguments.
///
/// Messages go in the order of numbers, one at a time. What the receiver's state decides is tried again for ever, so that an outage of days loses
/// and reorders nothing. What it refuses for its content (4xx) is narrowed down to one change, which after some tries is parked, and later changes of
/// the same document behind it, so that a document's changes are never out of order. A receiver that refuses whatever it is sent is not well, however
/// it says so: ten parked in a row are the most.
public struct DeliveryPolicy: Sendable {
    /// The wait after the first failure; doubled with every further one.
    public var firstWait: TimeInterval = 1
    /// No wait of our own is longer.
    public var longestWait: TimeInterval = 3_600

    /// No wait is longer, whatever a receiver asks for: what `Retry-After` is read up to.
    static let longestAsked = TimeInterval(RetryAfter.maximumSeconds)

    /// Tries before a message with several changes is taken apart.
    static let triesTogether = 2
    /// Tries before a message with several changes is taken apart, where the receiver breaks (5xx): the change that breaks it, if one does, is
    /// then the first that is left.
    static let patientTriesTogether = 10
    /// Tries before a single change is parked.
    static let triesAlone = 3
    /// Changes parked without a success in between.
    static let parkedInARow = 10
    /// Changes parked altogether, with which the webhook stops; those of the message under way are added, or they would be lost.
    static let parkedAtMost = 1_000

    /// The defaults above.
    public init() {}

    /// When it is tried again, where that is not now; a time that no wait leads to is of a clock that was wrong.
    func next(of state: DeliveryState, now: Date) -> Date? {
        guard let next = state.next, next > now, next <= now.addingTimeInterval(Self.longestAsked) else { return nil }
        return next
    }

    /// Takes an answer to a message into the state.
    ///
    /// - Parameters:
    ///   - sent: What the message spoke of.
    ///   - last: The last change the message accounts for.
    ///   - chance: From 0 to 1, so that receivers are not asked by all at the same instant.
    /// - Returns: Whether the position moves on to `last`.
    func note(
        _ answer: WebhookAnswer, to sent: [Change], last: Int, in state: inout DeliveryState, now: Date, chance: Double
    ) -> Bool {
        state.error = String(answer.description.prefix(300))
        switch answer {
        case .accepted:
            (state.error, state.next, state.end) = (nil, nil, nil)
            (state.failures, state.parkedInARow) = (0, 0)
            return true
        case .gone:
            state.stopped = "the receiver answered 410"
            return false
        case .failed(_, let asked):
            state.failures += 1
            state.next = now.addingTimeInterval(max(wait(after: state.failures, chance), TimeInterval(asked ?? 0)))
            return false
        case .broken:
            state.failures += 1
            state.next = now.addingTimeInterval(wait(after: state.failures, chance))
            if sent.count > 1, state.failures >= Self.patientTriesTogether {
                (state.singlyTo, state.end) = (last, nil)
            }
            return false
        case .refused:
            state.failures += 1
            state.next = now.addingTimeInterval(wait(after: state.failures, chance))
            if sent.count > 1 {
                guard state.failures >= Self.triesTogether else { return false }
                (state.singlyTo, state.end, state.failures, state.next) = (last, nil, 0, nil)
                return false
            }
            guard state.failures >= Self.triesAlone, state.parkedInARow < Self.parkedInARow, let change = sent.first
            else {
                return false
            }
            state.park(change, reason: answer.description)
            state.parkedInARow += 1
            (state.failures, state.next, state.end) = (0, nil, nil)
            return true
        }
    }

    private func wait(after failures: Int, _ chance: Double) -> TimeInterval {
        let full = min(longestWait, firstWait * pow(2, Double(min(failures, 40) - 1)))
        return full * (0.5 + chance / 2)
    }
}

extension DeliveryState {
    /// Passes a change over.
    mutating func park(_ change: Change, reason: String) {
        // As after going back, where it is met again.
        guard !parked.contains(where: { $0.number == change.number }) else { return }
        parked.append(
            Parked(number: change.number, subject: change.subject, key: change.key, reason: String(reason.prefix(200))))
        if parked.count >= DeliveryPolicy.parkedAtMost {
            stopped = "\(parked.count) changes are parked; deliver or drop them, then resume"
        }
    }

    /// The first parked change of a document, behind which its later ones wait.
    func parked(before change: Change) -> Parked? {
        parked.first { $0.key == change.key && $0.subject == change.subject }
    }
}
