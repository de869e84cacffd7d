import Fetching
import Foundation
import WebStandards

/// A request, its answer, and when both were.
struct Exchange {
    let request: RequestHead
    let response: FetchResponse
    let requestedAt: Date
    let receivedAt: Date
    /// When the answer ended, which is what the next gap is counted from.
    let end: HostSchedule.Instant

    /// The answer as a cache would keep it; nil where it may not be kept.
    var kept: CachedResponse? {
        CachedResponse(response.head, to: request, requestedAt: requestedAt.seconds, receivedAt: receivedAt.seconds)
    }

    /// What was kept after the answer said that it had not changed; nil where the answer is about something else.
    func updated(_ kept: CachedResponse) -> CachedResponse? {
        kept.updated(by: response.head, requestedAt: requestedAt.seconds, receivedAt: receivedAt.seconds)
    }

    /// Seconds for which the server says that a kept answer is still fresh.
    func statedFreshness(of kept: CachedResponse?) -> Int64? { kept?.statedFreshness(now: receivedAt.seconds) }
}

extension Fetcher {
    /// Sends a request and takes the times.
    func exchange(_ request: FetchRequest, until stop: FetchStop? = nil) async throws(FetchError) -> Exchange {
        let start = Date()
        let response = try await fetch(request, until: stop)
        return Exchange(request: request.head, response: response, requestedAt: start, receivedAt: Date(), end: .now)
    }
}

extension Date {
    /// Whole seconds since 1970, as HTTP counts.
    var seconds: Int64 { Int64(timeIntervalSince1970) }
}
