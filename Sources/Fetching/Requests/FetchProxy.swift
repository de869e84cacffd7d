import WebStandards

/// A proxy named by the operator.
///
/// The proxy looks names up, so the address guard can judge only addresses written in the URL itself, and `localhost`; the
/// proxy's own address is the operator's choice and is not judged.
public struct FetchProxy: Sendable, Hashable, CustomStringConvertible {
    /// The protocol spoken with a proxy.
    public enum Kind: Sendable, Hashable {
        /// Forwards http, tunnels https with CONNECT.
        case http
        /// SOCKS version 5 (RFC 1928); names are looked up by the proxy.
        case socks5
    }

    /// What the proxy wants to know. Printed, it says nothing.
    public struct Credentials: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
        /// Without a colon.
        public var username: String
        /// Never logged.
        public var password: String

        /// A name and a password, sent to the proxy only.
        public init(username: String, password: String) {
            self.username = username
            self.password = password
        }

        /// Not a word.
        public var description: String { "credentials" }

        /// Not a word.
        public var customMirror: Mirror { Mirror(self, children: [:]) }
    }

    /// How to speak with it.
    public var kind: Kind
    /// A name or address.
    public var host: String
    /// 1…65535.
    public var port: UInt16
    /// Nil when it wants none.
    public var credentials: Credentials?

    /// A proxy.
    public init(_ kind: Kind, host: String, port: UInt16, credentials: Credentials? = nil) {
        self.kind = kind
        self.host = host
        self.port = port
        self.credentials = credentials
    }

    /// Reads `http://127.0.0.1:3128` or `socks5://name:password@proxy.example:1080`; nil for anything that says more or
    /// less. Percent-escapes stand for what a URL cannot hold.
    public init?(_ text: String) {
        guard let url = WebURL(text), let kind = Kind(scheme: url.scheme), let host = url.host, !host.isEmpty,
            let port = url.effectivePort, port > 0, ["", "/"].contains(url.path), url.query == nil, url.fragment == nil,
            let name = url.username.removingPercentEscapes, let password = url.password.removingPercentEscapes
        else { return nil }
        self.init(kind, host: host.lowercased(), port: port)
        guard host.isHostText else { return nil }
        if url.hasCredentials { credentials = Credentials(username: name, password: password) }
    }

    /// Without the credentials.
    public var description: String { "\(kind == .http ? "http" : "socks5")://\(host.bracketed):\(port)" }
}

extension FetchProxy.Kind {
    fileprivate init?(scheme: String) {
        switch scheme {
        case "http": self = .http
        // curl's name for the kind whose names are looked up by the proxy; we know no other.
        case "socks5", "socks5h": self = .socks5
        default: return nil
        }
    }
}

extension String {
    /// Nil when an escape is broken or what it stands for is not UTF-8, or a control character.
    fileprivate var removingPercentEscapes: String? {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(Substring(rest.prefix(2)), radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7f } ? String(validating: bytes, as: UTF8.self) : nil
    }
}
