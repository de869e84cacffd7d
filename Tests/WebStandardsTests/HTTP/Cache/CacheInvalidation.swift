@testable import WebStandards

/// Which kept answers a change makes worthless.
///
/// Source: RFC 9111, section 4.4.
enum CacheInvalidation {
    /// Methods that ask for nothing to be changed (RFC 9110, section 9.2.1).
    private static let safeMethods: Set<String> = ["GET", "HEAD", "OPTIONS", "TRACE"]

    /// The URLs whose kept answers must be forgotten after `request` was answered by `response`: what was changed, and what the answer
    /// says was changed with it on the same origin. Empty when nothing was changed.
    static func urls(after request: RequestHead, _ response: ResponseHead) -> Set<WebURL> {
        guard !safeMethods.contains(request.method), (200..<400).contains(response.status) else { return [] }
        let named = ["Location", "Content-Location"].flatMap { response.fields.all($0) }
            .compactMap { WebURL($0, base: request.url) }
            // Another origin's pages are not this server's to dispose of.
            .filter { $0.origin == request.url.origin }
        return Set((named + [request.url]).map(\.withoutFragment))
    }
}
