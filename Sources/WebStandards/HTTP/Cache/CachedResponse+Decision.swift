extension CachedResponse {
    /// What to do about `request` at a time, in seconds since 1970.
    ///
    /// Source: RFC 9111, section 4.
    public func decision(for request: RequestHead, now: Int64) -> CacheDecision {
        guard isSelected(by: request), !request.fields.contains("Range") else { return .fetch }
        let age = age(now: now)
        if isUsable(age: age, asked: CacheControl(request.fields, isRequest: true)) { return .reuse(age: age) }
        return validators.isEmpty ? .fetch : .revalidate(validators.requestFields)
    }

    /// Whether it answers this request at all: the same URL, and the same values of the fields it depends on (section 4.1).
    public func isSelected(by request: RequestHead) -> Bool {
        request.method == self.request.method && request.url.withoutFragment == self.request.url.withoutFragment
            && VaryKey(response.fields, request: request.fields)
                == VaryKey(response.fields, request: self.request.fields)
    }

    /// Whether it may be used when its server does not answer (section 4.2.4): not where the server said that it must be asked.
    public var mayServeStale: Bool { !cacheControl.noCache && !cacheControl.mustRevalidate }

    private func isUsable(age: Int64, asked: CacheControl) -> Bool {
        let lifetime = freshnessLifetime
        let isFresh = lifetime > age
        guard !cacheControl.noCache, !asked.noCache else { return false }
        if isFresh, cacheControl.isImmutable { return true }
        if let maxAge = asked.maxAge, age >= maxAge { return false }
        if let minFresh = asked.minFresh, lifetime - age < minFresh { return false }
        return isFresh || (mayServeStale && asked.maxStale.map { age - lifetime <= $0 } ?? false)
    }
}
