/// Which kept answers a change makes worthless.
///
/// Source: RFC 9111, section 4.4.
public enum CacheInvalidation {
    /// The URLs whose kept answers must be forgotten after `request` was answered by `response`: what was changed, and what the answer
    /// says was changed with it on the same origin. Empty when nothing was changed.
    public static func urls(after request: RequestHead, _ response: ResponseHead) -> Set<WebURL> {
        guard !request.isSafe, (200..<400).contains(response.status) else { return [] }
        let named = ["Location", "Content-Location"].flatMap { response.fields.all($0) }
            .compactMap { WebURL($0, base: request.url) }
            // Another origin's pages are not this server's to dispose of.
            .filter { $0.origin == request.url.origin }
        return Set((named + [request.url]).map(\.withoutFragment))
    }
}
