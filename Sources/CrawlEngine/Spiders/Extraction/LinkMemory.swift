import CrawlDomain
import Synchronization

/// What references on pages came to, so that the next page with the same ones need not resolve and judge them again: a site's pages have
/// most of their links in common.
///
/// It only saves work, so it may forget, and does so with what was not asked for since it was half full.
final class LinkMemory: Sendable {
    /// What a reference's meaning depends on beside its text.
    struct Place: Hashable {
        let kind: String
        /// The place of the link rule within its page kind.
        let rule: Int
        /// Scheme, host and port of what relative references are relative to.
        let origin: String

        /// The place of references that are relative to nothing.
        var ofAbsolute: Place { Place(kind: kind, rule: rule, origin: "") }
    }

    /// A link; nil for a reference that is not followed.
    typealias Judgement = DiscoveredLink?

    /// Shared, as links are large and lists of them are made for every page.
    private final class Known: Sendable {
        let judgement: Judgement

        init(_ judgement: Judgement) { self.judgement = judgement }
    }

    private struct State {
        /// What was remembered or asked for since the last time this was half the limit.
        var young: [Place: [String: Known]] = [:]
        /// What was young before.
        var old: [Place: [String: Known]] = [:]
        /// References in `young`.
        var count = 0

        mutating func known(_ texts: [String], at place: Place, within limit: Int) -> [Known?] {
            var again: [(text: String, known: Known)] = []
            let found = look(for: texts, at: place, &again)
            if !again.isEmpty { remember(again, at: place, within: limit) }
            return found
        }

        private func look(
            for texts: [String], at place: Place, _ again: inout [(text: String, known: Known)]
        ) -> [Known?] {
            // Tables of their own names, not in lists: those taken out of a list are counted for each text.
            let (rooted, absolute) = (young[place] ?? [:], young[place.ofAbsolute] ?? [:])
            let (oldRooted, oldAbsolute) = (old[place] ?? [:], old[place.ofAbsolute] ?? [:])
            return texts.map { text in
                let isAbsolute = LinkMemory.isAbsolute(text)
                if let known = isAbsolute ? absolute[text] : rooted[text] { return known }
                guard let known = isAbsolute ? oldAbsolute[text] : oldRooted[text] else { return nil }
                again.append((text, known))
                return known
            }
        }

        mutating func remember(_ news: [(text: String, known: Known)], at place: Place, within limit: Int) {
            if count + news.count > limit / 2 { (young, old, count) = ([:], young, 0) }
            guard news.count <= limit / 2 else { return }
            for (text, known) in news {
                let place = LinkMemory.isAbsolute(text) ? place.ofAbsolute : place
                if young[place, default: [:]].updateValue(known, forKey: text) == nil { count += 1 }
            }
        }
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: References remembered at most, of about 300 bytes each.
    init(limit: Int = 8_192) { self.limit = limit }

    /// The links that references came to, in their order. A page names most of its links more than once; each is judged once.
    func links(of texts: [String], at place: Place, judge: (String) -> Judgement) -> [DiscoveredLink] {
        var judged = state.withLock { $0.known(texts, at: place, within: limit) }
        var news: [String: Known] = [:]
        for (index, text) in texts.enumerated() where judged[index] == nil {
            let known = news[text] ?? Known(judge(text))
            judged[index] = known
            news[text] = known
        }
        let lasting = news.filter { Self.isRooted($0.key) }.map { (text: $0.key, known: $0.value) }
        if !lasting.isEmpty { state.withLock { $0.remember(lasting, at: place, within: limit) } }
        return judged.compactMap { $0?.judgement }
    }

    /// Whether a reference means the same on every page of an origin: neither the page's path nor, as it is ASCII, its encoding counts.
    private static func isRooted(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= longestText, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
        return text.hasPrefix("/") ? !text.hasPrefix("//") : isAbsolute(text)
    }

    private static func isAbsolute(_ text: String) -> Bool {
        // Most are not, which the first letter says.
        text.utf8.first == UInt8(ascii: "h") && (text.hasPrefix("https://") || text.hasPrefix("http://"))
    }

    /// A longer reference is not worth its memory.
    private static let longestText = 512
}
