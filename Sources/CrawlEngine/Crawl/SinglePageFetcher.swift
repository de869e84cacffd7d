public import CrawlDomain
public import Fetching
import Foundation
public import WebStandards

/// Asks for single pages by hand, under the rules of a crawl: scope, robots.txt, gaps, the address guard.
///
/// Redirects are returned, not followed. Hosts are remembered only as long as this lives; so that one started right after
/// another keeps the gap too, the first request to a host waits as if the host had just been asked.
public struct SinglePageFetcher {
    /// Why a page is not asked for.
    public enum Refusal: Error, Sendable, CustomStringConvertible {
        case outOfScope(String)
        case disallowed(String)
        case robotsUnavailable(String)
        case leftAlone(String, seconds: Double, reason: String)

        public var description: String {
            switch self {
            case .outOfScope(let url): "\(url): not on a host that the spider and the configuration allow"
            case .disallowed(let url): "\(url): the site's robots.txt forbids it"
            case .robotsUnavailable(let host):
                "\(host): robots.txt could not be had, so nothing is asked; try again later"
            case .leftAlone(let host, let seconds, let reason):
                "\(host): left alone for another \(Int(seconds.rounded(.up))) s (\(reason))"
            }
        }
    }

    private struct Host {
        var schedule: HostSchedule
        var robots: HostMemory.Robots?
    }

    /// A wait longer than this is refused instead.
    private static let longestWait: Duration = .seconds(90)
    /// As for a crawl: at least five (RFC 9309, section 2.3.1.2), and none to another host.
    private static let maximumRobotsRedirects = 5
    /// Bytes read of a robots.txt (RFC 9309, section 2.5).
    private static let maximumRobotsBytes = 500 << 10

    private let profile: CrawlProfile
    private let fetcher: Fetcher
    private var hosts: [String: Host] = [:]

    /// Makes a fetcher of pages that the profile allows.
    public init(profile: CrawlProfile, fetcher: Fetcher) {
        self.profile = profile
        self.fetcher = fetcher
    }

    /// What the host of a URL answered to robots.txt, asking for it where that is not known.
    ///
    /// - Throws: ``Refusal``; the task's cancellation.
    public mutating func robots(of url: WebURL) async throws -> HostMemory.Robots {
        let name = url.politenessHost
        guard profile.isInScope(url), let address = profile.robotsURL(host: name) else {
            throw Refusal.outOfScope(url.href)
        }
        var host = hosts[name] ?? fresh(address)
        defer { hosts[name] = host }
        if let known = host.robots, !RobotsGate.isStale(known, now: Date()) { return known }
        let robots = try await askRobots(address, host: &host)
        host.robots = robots
        host.schedule.promise = profile.promise(to: address, crawlDelay: gate(robots).crawlDelay(at: Date()))
        return robots
    }

    /// Waits for the host's turn and asks for one page; the answer whatever its status, redirects included.
    ///
    /// - Throws: ``Refusal``; `FetchError`; the task's cancellation.
    public mutating func fetch(_ url: WebURL) async throws -> FetchResponse {
        let gate = gate(try await robots(of: url))
        guard !gate.isDeferred else { throw Refusal.robotsUnavailable(url.politenessHost) }
        guard gate.allows(url) else { throw Refusal.disallowed(url.href) }
        guard var host = hosts[url.politenessHost] else { throw Refusal.outOfScope(url.href) }
        defer { hosts[url.politenessHost] = host }
        return try await ask(profile.request(for: url), host: &host)
    }

    private func gate(_ robots: HostMemory.Robots) -> RobotsGate {
        RobotsGate(robots, agent: CrawlProfile.productToken)
    }

    private func fresh(_ robots: WebURL) -> Host {
        let promise = profile.promise(to: robots, crawlDelay: nil)
        return Host(schedule: HostSchedule(promise: promise, notBefore: .now + promise.delay))
    }

    private func askRobots(_ address: WebURL, host: inout Host) async throws -> HostMemory.Robots {
        var url = address
        let unreachable = HostMemory.Robots(status: nil, body: [], fetchedAt: Date())
        for _ in 0...Self.maximumRobotsRedirects {
            var request = profile.request(for: url)
            request.limits.maximumBodyBytes = Self.maximumRobotsBytes
            request.limits.overflow = .truncate
            let response: FetchResponse
            do { response = try await ask(request, host: &host) } catch let error as FetchError {
                if error.code == .cancelled { throw error }
                return unreachable
            }
            guard response.isRedirect else {
                return HostMemory.Robots(status: response.status, body: response.body, fetchedAt: Date())
            }
            guard let next = Redirect(of: request.head, by: response.head)?.request.url, profile.isInScope(next),
                next.politenessHost == address.politenessHost
            else { return unreachable }
            url = next
        }
        return unreachable
    }

    private func ask(_ request: FetchRequest, host: inout Host) async throws -> FetchResponse {
        let wait = host.schedule.wait(now: .now)
        guard wait <= Self.longestWait else {
            throw Refusal.leftAlone(
                request.url.politenessHost, seconds: wait.seconds, reason: host.schedule.closedReason ?? "its own delay"
            )
        }
        try await Task.sleep(for: wait)
        do {
            let response = try await fetcher.fetch(request)
            host.schedule.record(response.healthReport, now: .now, jitter: .random(in: 0...1))
            return response
        } catch {
            host.schedule.record(.failed, now: .now, jitter: .random(in: 0...1))
            throw error
        }
    }
}
