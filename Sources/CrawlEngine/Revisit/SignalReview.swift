import CrawlDomain
import Foundation
import WebStandards

/// Decides what a list or a sitemap does to the plan of a page it speaks of; a value that takes the time.
struct SignalReview {
    let policy: RevisitPolicy
    let now: Date

    /// What a signal says of a page.
    enum Verdict: Hashable {
        /// It is as it was when it was last seen.
        case asItWas
        case hasChanged
        /// Nothing that could be compared.
        case saysNothing
    }

    /// Dates later than this are mistakes, or worse: they would make a page due at each reading.
    private static let tolerance: TimeInterval = 3_600

    /// Compares a signal with what is known.
    func verdict(_ signal: LinkSignal, of url: KnownURL) -> Verdict {
        switch signal {
        case .content(let heard):
            guard let last = url.signals[heard.source] else { return .saysNothing }
            return last == heard.hash ? .asItWas : .hasChanged
        case .modified(let date, let isDay):
            guard let visited = url.visited, date <= now.addingTimeInterval(Self.tolerance) else { return .saysNothing }
            if date > visited { return .hasChanged }
            // What happened on the rest of the day of the visit, a day does not tell.
            return isDay && visited < date.addingTimeInterval(86_400) ? .saysNothing : .asItWas
        }
    }

    /// What a signal does; nil for nothing.
    func effect(of signal: LinkSignal, on url: KnownURL, rule: RevisitRule) -> SignalEffect? {
        let verdict = verdict(signal, of: url)
        let heard: HeardSignal? = if case .content(let heard) = signal { heard } else { nil }
        let decision = decision(verdict, url, rule)
        let isNews = heard.map { url.signals[$0.source] != $0.hash } ?? false
        guard decision != nil || isNews else { return nil }
        return SignalEffect(url: url, heard: isNews ? heard : nil, decision: decision)
    }

    private func decision(_ verdict: Verdict, _ url: KnownURL, _ rule: RevisitRule) -> RevisitDecision? {
        guard let record = url.record, let visited = url.visited else { return nil }
        let terms = rule.terms(of: record.className)
        switch verdict {
        case .saysNothing: return nil
        case .hasChanged:
            // Whoever cries wolf each time is heard once in a minimum age.
            let soonest = visited.addingTimeInterval(terms.minimumAge.seconds)
            return RevisitDecision(record: record, due: max(now, soonest))
        case .asItWas:
            // Each confirmation is a write; one now and then says as much.
            guard now.timeIntervalSince(record.seen) >= terms.every.seconds / 16 else { return nil }
            return policy.confirmed(
                record, of: url.entry.fingerprint, visited: visited, terms: terms, now: now)
        }
    }
}
