/// What a page asks of crawlers in its robots meta elements and its `X-Robots-Tag` headers.
///
/// What is asked in several places adds up, whether it is addressed to everybody or to us: the stricter word counts. Rules for snippets,
/// translations and previews say nothing to a crawler and are ignored.
///
/// Source: Google, "Robots meta tag, data-nosnippet, and X-Robots-Tag specifications"; HTML standard, "meta name=robots" extension.
public struct RobotsDirectives: Sendable, Hashable {
    /// Whether the page is not to be stored as items, whatever the time: `noindex` or `none`.
    public private(set) var isNoindex = false

    /// Whether its links are not to be followed: `nofollow` or `none`.
    public private(set) var isNofollow = false

    /// Whether no copy of it is to be kept: `noarchive` or `nocache`.
    public private(set) var isNoarchive = false

    /// From when on it is not to be stored, in seconds since 1970; nil when that is not stated or not a date.
    public private(set) var unavailableAfter: Int64?

    /// Nothing asked.
    public init() {}

    /// What `X-Robots-Tag` headers ask of everybody and of `agent`.
    ///
    /// - Parameters:
    ///   - headers: The values, one for each header line; `googlebot: noindex` addresses one agent up to the next one named in the line.
    ///   - agent: Our product token; case does not matter.
    public init(headers: [String], agent: String) {
        for header in headers { add(header, addressedTo: agent) }
    }

    /// Adds the content of a meta element named `robots`, or after our agent.
    public mutating func add(meta content: String) { add(content, addressedTo: nil) }

    /// Adds what was asked elsewhere.
    public mutating func formUnion(_ other: RobotsDirectives) {
        isNoindex = isNoindex || other.isNoindex
        isNofollow = isNofollow || other.isNofollow
        isNoarchive = isNoarchive || other.isNoarchive
        if let date = other.unavailableAfter { setUnavailable(after: date) }
    }

    /// Whether the page may be stored as items at a time, in seconds since 1970.
    public func allowsItems(at epochSeconds: Int64) -> Bool {
        !isNoindex && unavailableAfter.map { epochSeconds <= $0 } ?? true
    }

    private mutating func add(_ list: String, addressedTo agent: String?) {
        var isOurs = true
        let rules = list.split(separator: ",", maxSplits: Self.maximumRules, omittingEmptySubsequences: false)
        for (index, rule) in rules.enumerated() {
            var word = rule.trimmedASCII
            if let agent, let colon = word.firstIndex(of: ":"), !Self.takesValue(word[..<colon].trimmedASCII) {
                let name = word[..<colon].trimmedASCII
                isOurs = name == "*" || name.equalsIgnoringCase(agent)
                word = word[word.index(after: colon)...].trimmedASCII
            }
            if isOurs { add(word, followedBy: rules[(index + 1)...]) }
        }
    }

    /// Adds one rule; a date may hold the comma that ends it.
    private mutating func add(_ rule: Substring, followedBy rest: ArraySlice<Substring>) {
        let parts = rule.split(separator: ":", maxSplits: 1)
        switch parts.first?.trimmedASCII.lowercased() {
        case "noindex": isNoindex = true
        case "nofollow": isNofollow = true
        case "none": (isNoindex, isNofollow) = (true, true)
        case "noarchive", "nocache": isNoarchive = true
        case "unavailable_after" where parts.count == 2:
            let text = String(parts[1].trimmedASCII)
            let date = Self.date(text) ?? rest.first.flatMap { Self.date("\(text),\($0)") }
            if let date { setUnavailable(after: date) }
        default: return
        }
    }

    private mutating func setUnavailable(after date: Int64) {
        unavailableAfter = min(date, unavailableAfter ?? date)
    }

    private static func date(_ text: String) -> Int64? {
        guard text.utf8.count <= 64 else { return nil }
        return W3CDateTime.parse(text) ?? HTTPDate.parse(text)
    }

    /// Whether what stands before a colon is a rule with a value and not the name of an agent.
    private static func takesValue(_ name: Substring) -> Bool {
        ["unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"].contains(name.lowercased())
    }

    /// Nobody has more to say; the rest of a list is not split.
    private static let maximumRules = 100
}

extension StringProtocol where SubSequence == Substring {
    /// Without white space at its ends.
    fileprivate var trimmedASCII: Substring {
        var text = self[...]
        while let first = text.utf8.first, first <= 0x20 { text.removeFirst() }
        while let last = text.utf8.last, last <= 0x20 { text.removeLast() }
        return text
    }

    fileprivate func equalsIgnoringCase(_ other: String) -> Bool { lowercased() == other.lowercased() }
}
