/// A proxy named by the operator.
///
/// The proxy looks names up, so the address guard can judge only addresses written in the URL itself; the proxy's own
/// address is the operator's choice and is not judged.
public struct FetchProxy: Sendable, Hashable {
    /// The protocol spoken with a proxy.
    public enum Kind: Sendable, Hashable {
        /// Forwards http, tunnels https with CONNECT.
        case http
        /// SOCKS version 5 (RFC 1928); names are looked up by the proxy.
        case socks5
    }

    /// What the proxy wants to know.
    public struct Credentials: Sendable, Hashable {
        /// Without a colon.
        public var username: String
        /// Never logged.
        public var password: String

        /// A name and a password, sent to the proxy only.
        public init(username: String, password: String) {
            self.username = username
            self.password = password
        }
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
}
