/// What one crawler may ask a site for, and how often.
///
/// Of all rules that match a URL the longest decides; of two equally long ones, the allowing one.
///
/// Source: RFC 9309, section 2.2.2.
public struct RobotsRules: Sendable {
    /// For whom the rules were written.
    public enum Group: String, Sendable, Hashable {
        /// Groups naming the crawler.
        case named
        /// Groups for `*`.
        case everybody
        /// No group: everything is allowed.
        case none
    }

    /// For whom the rules were written.
    public let matchedGroup: Group

    /// The time the site wants between two requests, at most ``maximumDelay``; nil when it states none.
    public let crawlDelay: Duration?

    /// How many requests in which time the site wants at most, each for some hours or always.
    public let requestRates: [RobotsRequestRate]

    /// When the site wants to be visited: within any of these hours; always when there are none.
    public let visitTimes: [RobotsVisitTime]

    /// No more rates and hours are taken from a robots.txt.
    private static let maximumExtensions = 100

    /// No longer delay is taken from a robots.txt.
    public static let maximumDelay = Duration.seconds(24 * 3600)

    private let patterns: RobotsPatternList
    private let dialect: RobotsFile.Dialect

    init(_ lines: RobotsGroupSelection.Lines, of bytes: [UInt8], dialect: RobotsFile.Dialect) {
        self.dialect = dialect
        matchedGroup = lines.wasFound ? (lines.isForEverybody ? .everybody : .named) : .none
        patterns = RobotsPatternList(lines.rules, of: bytes, dialect: dialect)
        crawlDelay = lines.extensions.lazy.filter { $0.kind == .crawlDelay }
            .compactMap { RobotsNumber.delay(bytes[$0.value]) }.max()
        requestRates = Array(
            lines.extensions.lazy.filter { $0.kind == .requestRate }
                .compactMap { RobotsRequestRate(bytes[$0.value]) }.prefix(Self.maximumExtensions))
        visitTimes = Array(
            lines.extensions.lazy.filter { $0.kind == .visitTime }
                .compactMap { RobotsVisitTime(bytes[$0.value]) }.prefix(Self.maximumExtensions))
    }

    /// The time the site wants between two requests at a moment, in seconds since 1970: its `Crawl-delay`, or the gap of a `Request-rate`
    /// of that hour if that is longer; nil when it states none.
    public func delay(at epochSeconds: Int64) -> Duration? {
        let rates = requestRates.filter { $0.hours?.contains(epochSeconds: epochSeconds) ?? true }
        return (rates.map(\.delay) + [crawlDelay].compactMap(\.self)).max()
    }

    /// How long after a moment, in seconds since 1970, the site may be visited again; 0 within its hours.
    public func secondsUntilOpening(at epochSeconds: Int64) -> Int64 {
        visitTimes.map { $0.secondsUntilOpening(at: epochSeconds) }.min() ?? 0
    }

    /// Whether the crawler may ask for `url`, which is taken to be of the site the rules came from.
    public func isAllowed(_ url: WebURL) -> Bool {
        guard !patterns.isEmpty else { return true }
        return isAllowed(url.href, from: url.layout.pathStart, to: url.layout.fragmentStart ?? url.count)
    }

    /// Whether the crawler may ask for a path with its query, such as `/a?b`.
    public func isAllowed(target: String) -> Bool {
        isAllowed(target, from: 0, to: target.utf8.count)
    }

    private func isAllowed(_ text: String, from start: Int, to end: Int) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            let target = UnsafeBufferPointer(rebasing: bytes[start..<end])
            return isComparable(target) ? patterns.isAllowed(target) : isAllowed(normalising: target)
        }
    }

    private func isAllowed(normalising target: UnsafeBufferPointer<UInt8>) -> Bool {
        var normalised: [UInt8] = []
        switch dialect {
        case .google: normalised.append(contentsOf: target)
        case .rfc9309: EscapeNormalisation.append(target, escaping: RobotsEscapes.target, to: &normalised)
        }
        if dialect == .rfc9309, normalised.elementsEqual("/robots.txt".utf8) { return true }
        if normalised.first != UInt8(ascii: "/") { normalised.insert(UInt8(ascii: "/"), at: 0) }
        return normalised.withUnsafeBufferPointer { patterns.isAllowed($0) }
    }

    /// Whether a path can be compared as it is; the path of robots.txt never is, as it needs no comparing.
    private func isComparable(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        guard path.first == UInt8(ascii: "/") else { return false }
        guard dialect == .rfc9309 else { return true }
        let set = RobotsEscapes.target
        for byte in path where byte == UInt8(ascii: "%") || set.contains(byte) { return false }
        return !(path.count == 11 && path.elementsEqual("/robots.txt".utf8))
    }
}
