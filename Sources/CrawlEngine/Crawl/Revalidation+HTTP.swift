import CrawlDomain
import WebStandards

extension Revalidation {
    /// From an answer whose page is stored; nil where its server gave nothing to ask by, or forbids that anything of it is kept.
    init?(_ kept: CachedResponse, spiderVersion: String) {
        // A 304 may have taken back what the page's own answer allowed.
        guard CachedResponse.isStorable(kept.response, to: kept.request),
            !kept.dependsOnTheAsker || kept.validators.entityTag != nil
        else { return nil }
        self.init(
            validators: kept.validators, statedLifetime: kept.statedLifetime, spiderVersion: spiderVersion)
    }

    /// The stored answer as far as it is remembered, so that a 304 updates it as the standard says.
    func kept(for request: RequestHead, at time: Int64) -> CachedResponse? {
        var fields = validators.storedFields
        if let statedLifetime { fields.append("Cache-Control", "max-age=\(statedLifetime)") }
        return CachedResponse(
            ResponseHead(status: 200, fields: fields), to: request, requestedAt: time, receivedAt: time)
    }
}

extension CachedResponse {
    /// Fields that are the same in every request of ours.
    private static let constantFields: Set<String> = ["accept", "accept-encoding", "accept-language", "user-agent"]

    /// Whether somebody else, with other cookies for instance, gets another page: then a date does not say which one is meant, a tag does.
    fileprivate var dependsOnTheAsker: Bool {
        response.fields.list("Vary").contains { !Self.constantFields.contains($0.lowercased()) }
    }
}
