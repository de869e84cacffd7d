@testable import WebStandards

/// What a cache needs that answers conditional requests of others; a crawler only asks.
extension CachedResponse {
    /// Whether it says nothing new to a request that names what it already has (RFC 9110, section 13.2.2).
    func isNotModified(for request: RequestHead) -> Bool {
        if request.fields.contains("If-None-Match") {
            let named = request.fields.list("If-None-Match")
            guard let ours = validators.entityTag else { return named.contains("*") }
            return named.contains { $0 == "*" || EntityTag($0)?.matchesWeakly(ours) == true }
        }
        guard let since = request.fields.first("If-Modified-Since").flatMap({ HTTPDate.parse($0) }) else {
            return false
        }
        let dates = [response.fields.first("Last-Modified"), response.fields.first("Date")]
        return (dates.compactMap(\.self).lazy.compactMap { HTTPDate.parse($0) }.first ?? receivedAt) <= since
    }
}
