import CrawlDomain
import Fetching
import Foundation
import Logging
import WebStandards

/// Asks a host for its robots.txt, counted and paced like any other request to it.
struct RobotsRequest {
    let context: CrawlContext
    let url: WebURL

    /// Redirects followed on the same host (RFC 9309, 2.3.1.2: at least five); one to another host counts as unreachable, so that nothing
    /// is asked until the host has rules of its own.
    private static let maximumRedirects = 5
    /// Bytes read (RFC 9309, 2.5: at least 500 KiB); the rest is ignored.
    private static let maximumBytes = 500 << 10

    /// The answer to remember, nil when the run was stopped.
    func send(schedule: inout HostSchedule) async -> HostMemory.Robots? {
        var url = url
        for _ in 0...Self.maximumRedirects {
            let exchange: Exchange
            do {
                exchange = try await context.get(url, atMost: Self.maximumBytes)
            } catch {
                schedule.record(.failed, now: .now, jitter: context.jitter())
                context.log.warning("\(error)")
                return Task.isCancelled ? nil : unreachable
            }
            let response = exchange.response
            schedule.record(response.healthReport, now: .now, jitter: context.jitter())
            guard let next = Redirect(of: exchange.request, by: response.head)?.request.url else {
                return remembered(response)
            }
            // A redirect is no way into hosts that may not be asked, nor round the owner of another host.
            guard context.profile.isInScope(next), next.politenessHost == url.politenessHost else { return unreachable }
            url = next
            do { try await Task.sleep(for: schedule.wait(now: .now)) } catch { return nil }
        }
        return unreachable
    }

    private var unreachable: HostMemory.Robots { .init(status: nil, body: [], fetchedAt: Date()) }

    private func remembered(_ response: FetchResponse) -> HostMemory.Robots {
        .init(status: response.status, body: Array(response.body.prefix(Self.maximumBytes)), fetchedAt: Date())
    }
}
