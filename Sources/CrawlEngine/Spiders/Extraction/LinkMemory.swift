import CrawlDomain
import Synchronization

/// What references on pages came to, so that the next page with the same ones need not resolve and judge them again: a site's pages have
/// most of their links in common.
///
/// It only saves work, so it may forget, and does so all at once when it is full.
final class LinkMemory: Sendable {
    /// What a reference's meaning depends on beside its text.
    struct Place: Hashable {
        let kind: String
        /// The place of the link rule within its page kind.
        let rule: Int
        /// Scheme, host and port of what relative references are relative to.
        let origin: String
    }

    /// A link; nil for a reference that is not followed.
    typealias Judgement = DiscoveredLink?

    private struct State {
        var known: [Place: [String: Judgement]] = [:]
        var count = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: References remembered at most, of about 300 bytes each.
    init(limit: Int = 4_096) { self.limit = limit }

    /// What references came to, in their order.
    func judgements(of texts: [String], at place: Place, judge: (String) -> Judgement) -> [Judgement] {
        let known = state.withLock { state in
            let known = state.known[place] ?? [:]
            return texts.map { Self.isRooted($0) ? known[$0] : nil }
        }
        var news: [(text: String, judgement: Judgement)] = []
        let judgements = zip(texts, known).map { text, known in
            if let known { return known }
            let judgement = judge(text)
            if Self.isRooted(text) { news.append((text, judgement)) }
            return judgement
        }
        if !news.isEmpty { remember(news, at: place) }
        return judgements
    }

    private func remember(_ news: [(text: String, judgement: Judgement)], at place: Place) {
        state.withLock { state in
            if state.count + news.count > limit { state = State() }
            guard news.count <= limit else { return }
            for (text, judgement) in news {
                if state.known[place, default: [:]].updateValue(judgement, forKey: text) == nil { state.count += 1 }
            }
        }
    }

    /// Whether a reference means the same on every page of an origin: neither the page's path nor, as it is ASCII, its encoding counts.
    private static func isRooted(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= longestText, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
        return text.hasPrefix("/") ? !text.hasPrefix("//") : text.hasPrefix("https://") || text.hasPrefix("http://")
    }

    /// A longer reference is not worth its memory.
    private static let longestText = 512
}
