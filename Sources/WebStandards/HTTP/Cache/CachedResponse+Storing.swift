extension CachedResponse {
    /// Whether an answer may be kept (RFC 9111, section 3, for a private cache).
    public static func isStorable(_ response: ResponseHead, to request: RequestHead) -> Bool {
        let control = CacheControl(response.fields)
        let isUnderstood = understoodStatuses.contains(response.status)
        guard request.method == "GET", !request.fields.contains("Range"),
            // Parts and "not modified" are no answers by themselves.
            response.status >= 200, response.status != 206, response.status != 304,
            !control.mustUnderstand || isUnderstood, !control.noStore || control.mustUnderstand,
            !CacheControl(request.fields, isRequest: true).noStore, !VaryKey.isUnmatchable(response.fields)
        else { return false }
        return control.isPublic || control.isPrivate || control.maxAge != nil || response.fields.contains("Expires")
            || heuristicStatuses.contains(response.status)
    }

    /// Statuses that may be reused without being told for how long (RFC 9110, section 15.1).
    static let heuristicStatuses: Set<Int> = [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501]

    /// Statuses whose rules for caching are known here.
    private static let understoodStatuses: Set<Int> = heuristicStatuses.union([
        302, 303, 307, 400, 403, 500, 502, 503, 504,
    ])
}
