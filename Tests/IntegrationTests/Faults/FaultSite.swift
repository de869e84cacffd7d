import DemoSite
import Foundation

/// The deterministic site of the fault tests: a catalogue over several hosts, and the spider that crawls them as one site.
struct FaultSite: Sendable, Hashable {
    var anime: Int
    var users: Int
    var hosts: Int
    /// The delay promised to each host, in milliseconds.
    var delay = 0

    /// About 250 pages on 10 hosts.
    static let small = FaultSite(anime: 80, users: 24, hosts: 10)
    /// About 60 pages on 3 hosts.
    static let tiny = FaultSite(anime: 16, users: 6, hosts: 3)
    /// About 2,000 pages on 10 hosts.
    static let large = FaultSite(anime: 700, users: 160, hosts: 10)

    func with(delay: Int) -> FaultSite {
        var site = self
        site.delay = delay
        return site
    }

    func serve(_ behaviour: String = "") throws -> DemoSiteServer {
        var options = DemoSiteOptions()
        options.hosts = VirtualHosts(count: hosts)
        return try DemoSiteServer(
            catalogue: DemoCatalogue(seed: 11, animeCount: anime, userCount: users), options: options,
            behaviour: Behaviour(parsing: behaviour, seed: 11), port: 0)
    }

    private var names: [String] { VirtualHosts(count: hosts).names }

    /// The file of the spider `spread`.
    var spider: String {
        """
        extends: demo
        site: spread
        name: Demo site on several hosts
        hosts: [\(names.joined(separator: ", "))]
        terms: {note: A made-up catalogue of this project.}
        politeness: {delay: \(delay)ms, connections: 1}
        start:
          - {url: "http://h0.demo.test/topanime.php", page: ranking, priority: 20}
          - {url: "http://h0.demo.test/users.php?show=0", page: users}
        """
    }

    /// A configuration under which all of its names are asked on this port.
    func configuration(port: UInt16) -> String {
        // https too: that is how a host without a start page is looked up.
        let origins = names.flatMap { name in
            ["http", "https"].map { "      \"\($0)://\(name)\": http://127.0.0.1:\(port)" }
        }
        return (["sites:", "  spread:", "    connect_to:"] + origins).joined(separator: "\n") + "\n"
    }
}
