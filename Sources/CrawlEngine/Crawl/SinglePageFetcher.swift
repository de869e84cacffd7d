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
        case leftAlone(String, seconds: Double, reason: String)
        case repeatsSecret(String)

        public var description: String {
            switch self {
            case .outOfScope(let url): "\(url): not on a host that the spider and the configuration allow"
            case .disallowed(let url): "\(url): the site's robots.txt forbids it"
            case .leftAlone(let host, let seconds, let reason):
                "\(host): left alone for another \(Int(seconds.rounded(.up))) s (\(reason))"
            case .repeatsSecret(let url): "\(url): the answer leads to an address that repeats a secret that was sent"
            }
        }
    }

    private struct Host {
        var schedule: HostSchedule
        var robots: HostMemory.Robots?
    }

    /// A wait longer than this is refused instead.
    private static let longestWait: Duration = .seconds(90)

    private let profile: CrawlProfile
    private let fetcher: Fetcher
    private var hosts: [String: Host] = [:]

    /// Makes a fetcher of pages that the profile allows.
    public init(profile: CrawlProfile, fetcher: Fetcher) {
        self.profile = profile
        self.fetcher = fetcher
    }

    /// What the host that is asked for a page answered to robots.txt, asking for it where that is not known.
    ///
    /// It is the host of the address under which pages of its kind are asked for.
    ///
    /// - Throws: ``Refusal``; the task's cancellation.
    public mutating func robots(of url: WebURL) async throws -> HostMemory.Robots {
        let url = profile.spider.addressed(url)
        let name = url.politenessHost
        guard profile.isInScope(url), let address = profile.robotsURL(host: name) else {
            throw Refusal.outOfScope(url.href)
        }
        var host = hosts[name] ?? fresh(address)
        defer { hosts[name] = host }
        var lookup = RobotsLookup(at: address, remembered: host.robots, now: Date(), mayAsk: profile.isInScope)
        let robots = try await lookup.run { try await ask(profile.request(for: $0), host: &host) }
        host.robots = robots
        host.schedule.promise = profile.promise(to: address, crawlDelay: gate(robots).crawlDelay(at: Date()))
        return robots
    }

    /// Waits for the host's turn and asks for one page, at the address of its kind; the answer whatever its status, redirects included.
    ///
    /// - Throws: ``Refusal``; `FetchError`; the task's cancellation.
    public mutating func fetch(_ url: WebURL) async throws -> FetchResponse {
        let url = profile.spider.addressed(url)
        let gate = gate(try await robots(of: url))
        if let closure = gate.closure(at: Date()) {
            throw Refusal.leftAlone(url.politenessHost, seconds: closure.time.seconds, reason: closure.reason)
        }
        guard gate.allows(url) else { throw Refusal.disallowed(url.href) }
        guard var host = hosts[url.politenessHost] else { throw Refusal.outOfScope(url.href) }
        defer { hosts[url.politenessHost] = host }
        let response = try await ask(profile.pageRequest(for: url), host: &host).response
        // Where a page leads to is shown.
        if let target = response.headers.first("location"), profile.spiderSecrets.stand(in: Array(target.utf8)) {
            throw Refusal.repeatsSecret(url.href)
        }
        return response
    }

    private func gate(_ robots: HostMemory.Robots) -> RobotsGate {
        RobotsGate(robots, agent: CrawlProfile.productToken)
    }

    private func fresh(_ robots: WebURL) -> Host {
        let promise = profile.promise(to: robots, crawlDelay: nil)
        return Host(schedule: HostSchedule(promise: promise, notBefore: .now + promise.delay))
    }

    private func ask(_ request: FetchRequest, host: inout Host) async throws -> Exchange {
        let wait = host.schedule.wait(now: .now)
        guard wait <= Self.longestWait else {
            throw Refusal.leftAlone(
                request.url.politenessHost, seconds: wait.seconds, reason: host.schedule.closedReason ?? "its own delay"
            )
        }
        try await Task.sleep(for: wait)
        guard host.schedule.begin(now: .now) else {
            throw Refusal.leftAlone(request.url.politenessHost, seconds: 1, reason: "it is being asked")
        }
        do {
            let exchange = try await fetcher.exchange(request)
            host.schedule.record(
                exchange.response.health(ofRules: false), now: exchange.end, jitter: .random(in: 0...1))
            return exchange
        } catch {
            host.schedule.record(
                .failed(FailureClass(fetchCode: error.code.rawValue)), now: .now, jitter: .random(in: 0...1))
            throw error
        }
    }
}
