import CrawlDomain
import Fetching
import Foundation
import WebStandards

/// How long a remembered robots.txt is used: as its server says, within our bounds.
///
/// Source: RFC 9309, section 2.4 (HTTP cache control applies; a day at most); RFC 9111.
extension HostMemory.Robots {
    /// An answer is used this long whatever its server says: with `max-age=0` every page would be asked for twice.
    static let minimumLifetime: Int64 = 600
    /// No answer is used longer than this without asking, and one whose server says nothing is used this long.
    static let maximumLifetime: Int64 = 86_400

    /// What to do about `request` at a time, in seconds since 1970.
    func decision(for request: RequestHead, now: Int64) -> CacheDecision {
        kept(for: request, lifetime: lifetime)?.decision(for: request, now: now) ?? .fetch
    }

    /// From the host's answer to `exchange.request`.
    ///
    /// - Parameter isDirect: Whether the request was the first, not one that a redirect led to: validators belong to one URL.
    init(_ exchange: Exchange, maximumBytes: Int, isDirect: Bool) {
        let (response, fields) = (exchange.response, exchange.response.headers)
        self.init(
            status: response.status, body: Array(response.body.prefix(maximumBytes)), fetchedAt: exchange.receivedAt,
            validators: isDirect && response.status == 200 ? Validators(fields) : Validators(),
            statedLifetime: Self.statedLifetime(exchange))
    }

    /// The same rules, confirmed by a 304; nil when that is about others than ours.
    func confirmed(by exchange: Exchange) -> Self? {
        guard let kept = kept(for: exchange.request, lifetime: statedLifetime), let updated = exchange.updated(kept)
        else { return nil }
        var confirmed = self
        confirmed.fetchedAt = exchange.receivedAt
        confirmed.validators = updated.validators
        if let stated = Self.statedLifetime(exchange) { confirmed.statedLifetime = stated }
        return confirmed
    }

    /// Seconds it is used without asking. A host that could not be asked, or was too busy, is asked again soon.
    private var lifetime: Int64 {
        guard let status, status < 500, status != 429 else { return RobotsGate.deferral.components.seconds }
        return min(max(statedLifetime ?? Self.maximumLifetime, Self.minimumLifetime), Self.maximumLifetime)
    }

    /// As a cache keeps it; nil where there is neither a lifetime nor a validator.
    private func kept(for request: RequestHead, lifetime: Int64?) -> CachedResponse? {
        var fields = validators.storedFields
        if let lifetime { fields.append("Cache-Control", "max-age=\(lifetime)") }
        let time = fetchedAt.seconds
        return CachedResponse(
            ResponseHead(status: 200, fields: fields), to: request, requestedAt: time, receivedAt: time)
    }

    /// Seconds an answer is fresh by its server's word; 0 for "ask each time" and "keep nothing", nil when it says nothing.
    private static func statedLifetime(_ exchange: Exchange) -> Int64? {
        let fields = exchange.response.headers
        let control = CacheControl(fields)
        guard !control.noStore, !control.noCache else { return 0 }
        guard control.maxAge != nil || fields.contains("Expires") else { return nil }
        // Freshness is asked for as of a page, since rules that forbid everything hold as long as others.
        let kept = CachedResponse(
            ResponseHead(status: 200, fields: fields), to: RequestHead(url: exchange.request.url),
            requestedAt: exchange.requestedAt.seconds, receivedAt: exchange.receivedAt.seconds)
        return kept.flatMap(exchange.statedFreshness) ?? 0
    }
}
