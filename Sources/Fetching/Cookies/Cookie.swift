/// One cookie as it is remembered (RFC 6265bis, 5.7).
///
/// What it says of itself when printed leaves out its value, which may be a session.
public struct Cookie: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// May be empty.
    public let name: String
    /// As sent.
    public let value: String
    /// A host in lower case, without a dot before or behind it.
    public let domain: String
    /// Whether only that very host gets it, not those below it.
    public let isHostOnly: Bool
    /// Begins with "/".
    public let path: String
    /// Whether it is sent over https only.
    public let isSecure: Bool
    /// Whether scripts of a page may not see it; nothing here runs scripts.
    public let isHTTPOnly: Bool
    /// Seconds since 1970 after which it is forgotten; nil for the end of the run.
    public let expires: Int64?

    /// Whether a request carries it.
    func matches(_ target: CookieTarget, now: Int64) -> Bool {
        !isExpired(now: now) && (!isSecure || target.isSecure)
            && (isHostOnly ? target.host == domain : target.isIn(domain: domain)) && target.isUnder(path: path)
    }

    func isExpired(now: Int64) -> Bool { expires.map { $0 <= now } ?? false }

    /// What tells one cookie from another: a new one with the same key takes its place.
    var key: Key { Key(name: name, domain: domain, isHostOnly: isHostOnly, path: path) }

    struct Key: Hashable {
        let name: String
        let domain: String
        let isHostOnly: Bool
        let path: String
    }

    /// As in a Cookie header; one without name is its value alone.
    var pair: String { name.isEmpty ? value : "\(name)=\(value)" }

    /// Without the value.
    public var description: String { "\(name) for \(isHostOnly ? "" : "*.")\(domain)\(path)" }

    /// Without the value.
    public var customMirror: Mirror { Mirror(self, children: ["name": name, "domain": domain, "path": path]) }
}
