/// How pages show covers: `images`, `image_hosts` and `image_cache` of `service:` in the configuration.
public struct ImageSettings: Sendable, Hashable {
    /// Where covers come from.
    public enum Mode: String, Sendable, CaseIterable {
        /// From where their site has them: the browser asks there.
        case links
        /// From this service, which has asked for them once.
        case cache
        /// From nowhere.
        case none
    }

    /// Where covers come from.
    public var mode = Mode.links
    /// The hosts they may come from, lower case; `*.example.org` stands for all below example.org.
    public var hosts = Self.knownHosts
    /// How much the cache may take on disk.
    public var cacheBytes = 1 << 30

    /// The defaults: links to the hosts of the sites that there are spiders for.
    public init() {}

    /// Where the sites of `Spiders/` have their covers.
    public static let knownHosts = [
        "cdn.myanimelist.net", "myanimelist.cdn-dena.com", "*.anilist.co", "*.kitsu.app", "*.kitsu.io", "*.anidb.net",
        "*.anime-planet.com", "*.livechart.me",
    ]

    /// Whether all of them are this machine.
    public var areOfThisMachine: Bool { hosts.allSatisfy { $0 == "127.0.0.1" || $0 == "localhost" } }

    /// Whether a text can stand in ``hosts``: it becomes part of a header field.
    static func isRule(_ text: String) -> Bool {
        let name = text.hasPrefix("*.") ? text.dropFirst(2) : text[...]
        return !name.isEmpty && name.utf8.count <= 253
            && name.utf8.allSatisfy {
                (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d || $0 == 0x2e
            }
    }

    /// Whether a host is one of them.
    public func allows(host: String) -> Bool {
        hosts.contains { rule in
            rule.hasPrefix("*.") ? host.hasSuffix(rule.dropFirst()) && host.count >= rule.count : host == rule
        }
    }
}
