extension CachedResponse {
    /// What it is after a 304: the new fields in place of the old ones, the times those of the 304.
    ///
    /// Fields that describe the kept body stay, since the body does (RFC 9111, section 3.2).
    ///
    /// - Returns: nil when the 304 is about another state than the one kept (section 4.3.4): ask again, unconditionally.
    public func updated(by answer: ResponseHead, requestedAt: Int64, receivedAt: Int64) -> CachedResponse? {
        guard answer.status == 304, validators.areConfirmed(by: answer.fields) else { return nil }
        var updated = self
        let new = Self.storedFields(answer.fields).keepingNames { !Self.bodyFields.contains($0) }
        for name in Set(new.map(\.name)) { updated.response.fields.remove(name) }
        // An age was counted up to the old answer.
        updated.response.fields.remove("Age")
        updated.response.fields.append(contentsOf: new)
        updated.requestedAt = requestedAt
        updated.receivedAt = max(receivedAt, requestedAt)
        return updated
    }

    private static let bodyFields: Set<String> = [
        "content-encoding", "content-length", "content-range", "content-type",
    ]
}
