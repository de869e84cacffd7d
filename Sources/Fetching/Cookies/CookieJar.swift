public import WebStandards

/// The cookies of one spider and one run (RFC 6265bis, 5.7 and 5.8).
///
/// A value that takes the time as an argument. SameSite is not looked at: a crawler has no page that embeds another.
public struct CookieJar: Sendable {
    /// Most cookies of one domain.
    public static let maximumPerDomain = 50
    /// Most cookies altogether.
    public static let maximumCount = 1000
    /// Set-Cookie fields looked at in one answer.
    public static let maximumPerAnswer = 50
    /// Longest Cookie header sent; what does not fit is left out.
    public static let maximumHeaderBytes = 8192

    private struct Entry {
        var cookie: Cookie
        /// When it first came, and when it was last sent, in steps of `clock`.
        var created: UInt64
        var used: UInt64
    }

    private let suffixes: PublicSuffixList
    private var entries: [Cookie.Key: Entry] = [:]
    private var clock: UInt64 = 0

    /// An empty jar.
    ///
    /// - Parameter suffixes: The names below which strangers live, for which no cookie may be set.
    public init(suffixes: PublicSuffixList) {
        self.suffixes = suffixes
    }

    /// Remembered and not known to have expired.
    public var cookies: [Cookie] { entries.values.sorted { $0.created < $1.created }.map(\.cookie) }

    /// The value of the Cookie header for a request; nil for none.
    ///
    /// - Parameter now: Seconds since 1970.
    public mutating func header(for url: WebURL, now: Int64) -> String? {
        guard !entries.isEmpty, let target = CookieTarget(url) else { return nil }
        clock += 1
        var value = ""
        for entry in entries.values.filter({ $0.cookie.matches(target, now: now) }).sorted(by: Self.isBefore) {
            let pair = entry.cookie.pair
            guard value.utf8.count + pair.utf8.count + 2 <= Self.maximumHeaderBytes else { continue }
            value += value.isEmpty ? pair : "; \(pair)"
            entries[entry.cookie.key]?.used = clock
        }
        return value.isEmpty ? nil : value
    }

    /// Longer paths first, then older cookies (5.8.3).
    private static func isBefore(_ one: Entry, _ other: Entry) -> Bool {
        let lengths = (one.cookie.path.utf8.count, other.cookie.path.utf8.count)
        return lengths.0 == lengths.1 ? one.created < other.created : lengths.0 > lengths.1
    }

    /// Takes the cookies of an answer, whatever its status.
    ///
    /// - Parameter now: Seconds since 1970.
    public mutating func record(_ headers: HeaderFields, from url: WebURL, now: Int64) {
        guard let target = CookieTarget(url) else { return }
        for field in headers.all("set-cookie").prefix(Self.maximumPerAnswer) {
            guard let sent = SetCookie(field, now: now), let cookie = judge(sent, from: target) else { continue }
            store(cookie, now: now)
        }
    }

    /// The cookie as it may be remembered; nil when whoever sent it has no right to it.
    private func judge(_ sent: SetCookie, from target: CookieTarget) -> Cookie? {
        guard !sent.isSecure || target.isSecure, sent.keepsPromise(toSecure: target.isSecure) else { return nil }
        var domain = sent.domain
        if let stated = domain {
            guard stated.utf8.allSatisfy({ $0 < 0x80 }), target.isIn(domain: stated) else { return nil }
            if target.isAddress || suffixes.isPublicSuffix(stated) {
                // A host that is a public suffix itself may have cookies of its own, nobody below it gets them.
                guard stated == target.host else { return nil }
                domain = nil
            }
        }
        let cookie = Cookie(
            name: sent.name, value: sent.value, domain: domain ?? target.host, isHostOnly: domain == nil,
            path: sent.path ?? target.defaultPath, isSecure: sent.isSecure, isHTTPOnly: sent.isHTTPOnly,
            expires: sent.expires)
        return target.isSecure || !shadowsSecure(cookie) ? cookie : nil
    }

    /// Whether a cookie that came in the clear would stand before one that came over https (5.7, "leave secure cookies alone").
    private func shadowsSecure(_ cookie: Cookie) -> Bool {
        guard !cookie.isSecure else { return false }
        return entries.values.contains { entry in
            let other = entry.cookie
            return other.isSecure && other.name == cookie.name && cookie.path.isUnder(path: other.path)
                && (cookie.domain == other.domain || cookie.domain.hasSuffix(".\(other.domain)")
                    || other.domain.hasSuffix(".\(cookie.domain)"))
        }
    }

    private mutating func store(_ cookie: Cookie, now: Int64) {
        let key = cookie.key
        guard !cookie.isExpired(now: now) else {
            entries[key] = nil
            return
        }
        clock += 1
        let created = entries[key]?.created ?? clock
        entries[key] = Entry(cookie: cookie, created: created, used: clock)
        makeRoom(beside: cookie.domain, now: now)
    }

    /// Forgets what has expired, then what was used least recently, those not marked Secure first.
    private mutating func makeRoom(beside domain: String, now: Int64) {
        func excess() -> Int {
            max(
                entries.count - Self.maximumCount,
                entries.values.count { $0.cookie.domain == domain } - Self.maximumPerDomain)
        }
        guard excess() > 0 else { return }
        entries = entries.filter { !$0.value.cookie.isExpired(now: now) }
        while excess() > 0 {
            let isFull = entries.count > Self.maximumCount
            let victims = entries.values.filter { isFull || $0.cookie.domain == domain }
            guard
                let victim = victims.min(by: {
                    ($0.cookie.isSecure ? 1 : 0, $0.used) < ($1.cookie.isSecure ? 1 : 0, $1.used)
                })
            else { return }
            entries[victim.cookie.key] = nil
        }
    }
}
