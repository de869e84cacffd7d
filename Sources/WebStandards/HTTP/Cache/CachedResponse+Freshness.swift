extension CachedResponse {
    /// No guess goes further than this.
    public static let maximumGuess: Int64 = 86_400

    /// How long the server says that it is fresh, in seconds from its date; nil when it does not say.
    ///
    /// Source: RFC 9111, section 4.2.1. A date that is none means "already stale"; `s-maxage` is for shared caches.
    public var statedLifetime: Int64? {
        if let maxAge = cacheControl.maxAge { return maxAge }
        let expires = response.fields.all("Expires")
        guard !expires.isEmpty else { return nil }
        guard expires.count == 1, let end = HTTPDate.parseStrictly(expires[0], now: receivedAt) else { return 0 }
        return min(max(end - date, 0), CacheControl.maximumSeconds)
    }

    /// How long it is fresh, stated or guessed: a tenth of the time it has not been changed.
    ///
    /// Source: RFC 9111, sections 4.2.1 and 4.2.2.
    public var freshnessLifetime: Int64 {
        if let statedLifetime { return statedLifetime }
        guard Self.heuristicStatuses.contains(response.status) || cacheControl.isPublic else { return 0 }
        if let changed = response.fields.first("Last-Modified").flatMap({ HTTPDate.parse($0) }) {
            return min(max((date - changed) / 10, 0), Self.maximumGuess)
        }
        // These say "for good" by themselves.
        return [300, 301, 308].contains(response.status) ? Self.maximumGuess : 0
    }

    /// Seconds since the server made or confirmed it (RFC 9111, section 4.2.3).
    public func age(now: Int64) -> Int64 {
        let apparent = max(0, receivedAt - date)
        let corrected = statedAge + (receivedAt - requestedAt)
        return max(apparent, corrected) + max(0, now - receivedAt)
    }

    /// Seconds it is still fresh by the server's own word; nil when the server says nothing, 0 when that time is over.
    public func statedFreshness(now: Int64) -> Int64? { statedLifetime.map { max(0, $0 - age(now: now)) } }

    /// The answer's date, or when it came.
    private var date: Int64 {
        response.fields.first("Date").flatMap { HTTPDate.parseStrictly($0, now: receivedAt) } ?? receivedAt
    }

    /// The first value of `Age`; one that is no number is passed over (section 5.1).
    private var statedAge: Int64 { response.fields.list("Age").first.flatMap { CacheControl.seconds($0) } ?? 0 }
}
