import CrawlDomain
import Foundation
import Synchronization
import WebStandards

/// A frontier of one host, which hands out one URL and keeps what is asked of it.
final class OneHostFrontier: Frontier {
    private let url: LeasedURL?
    private let isOurs: Bool?
    private let asked = Mutex<[String]>([])

    /// - Parameter isOurs: Whether the lease can be renewed; nil for no answer.
    init(_ url: LeasedURL? = nil, isOurs: Bool? = true) {
        self.url = url
        self.isOurs = isOurs
    }

    var calls: [String] { asked.withLock { $0 } }

    private func note(_ call: String) { asked.withLock { $0.append(call) } }

    func add(_ urls: [FrontierURL]) -> Int { 0 }
    func closedHosts(site: String) -> [ClosedHost] { [] }
    func makeDue(_ urls: [FrontierURL]) -> [ForeignURL] { [] }
    func leaseHost(site: String, owner: String, seconds: Int) -> HostLease? { nil }
    func renew(_ lease: HostLease, seconds: Int) throws -> Bool {
        note("renew")
        guard let isOurs else { throw CancellationError() }
        return isOurs
    }
    func remember(_ memory: HostMemory, of host: HostLease) { note("remember") }
    func release(_ lease: HostLease, memory: HostMemory) { note("release") }
    func lease(_ limit: Int, of host: HostLease) -> [LeasedURL] {
        note("lease")
        return calls.count { $0 == "lease" } == 1 ? [url].compactMap(\.self) : []
    }
    func mark(_ url: LeasedURL, of host: HostLease) { note("mark") }
    func giveBack(_ urls: [LeasedURL], of host: HostLease) throws {
        try Task.checkCancellation()
        note("give back \(urls.count)")
    }
    func memory(of host: HostLease) -> HostMemory { HostMemory() }
    func counts(site: String) -> [FrontierState: Int] { [:] }
    func nextDue(site: String) -> Date? { nil }
}
