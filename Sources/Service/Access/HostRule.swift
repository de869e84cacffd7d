/// Which `Host` and `Origin` a request may state.
///
/// A page of somebody else's, opened in the browser of whoever can reach the service, can send requests here; by a name of its own that it
/// makes lead to this machine (DNS rebinding) it can also read the answers. So names are known beforehand, and requests that change
/// anything come from our own pages or from programs.
struct HostRule: Sendable, Hashable {
    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
    private let names: Set<String>

    /// - Parameters:
    ///   - listening: The address that is listened on; one that stands for all is none.
    ///   - hosts: Names of the configuration.
    init(listening: String, hosts: [String]) {
        let own = listening.contains(":") ? "[\(listening)]" : listening
        names = Self.loopback.union(hosts.map { $0.lowercased() })
            .union(own == "0.0.0.0" || own == "[::]" ? [] : [own.lowercased()])
    }

    /// Whether a request for this authority, "host" or "host:port", is for us.
    func allows(authority: String) -> Bool { names.contains(Self.host(of: authority)) }

    /// Whether a request that changes something may come from there.
    ///
    /// - Parameters:
    ///   - origin: The field `Origin`; programs send none.
    ///   - site: The field `Sec-Fetch-Site`, which browsers send.
    ///   - authority: Which authority was asked.
    func allowsChange(origin: String?, site: String?, authority: String) -> Bool {
        if let site, site != "same-origin", site != "none" { return false }
        guard let origin else { return true }
        let parts = origin.lowercased().split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "http:" || parts[0] == "https:", parts[1].isEmpty else { return false }
        return parts[2] == authority.lowercased()
    }

    private static func host(of authority: String) -> String {
        let text = authority.lowercased()
        if text.hasPrefix("[") { return text.firstIndex(of: "]").map { String(text[...$0]) } ?? text }
        return String(text.prefix { $0 != ":" })
    }
}
