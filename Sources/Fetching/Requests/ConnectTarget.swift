/// Where to connect instead of the URL's own host; the Host header and everything else stay the URL's.
public struct ConnectTarget: Sendable, Hashable {
    /// A name or address; IPv6 with or without brackets.
    public var host: String
    /// 1…65535.
    public var port: UInt16
    /// Ask an https URL over plain HTTP, as if something before this host had ended TLS.
    ///
    /// Meant for recorded sites served on loopback. The response then says `tlsVerified == false`.
    public var plainHTTP: Bool

    /// A target.
    public init(host: String, port: UInt16, plainHTTP: Bool = false) {
        self.host = host
        self.port = port
        self.plainHTTP = plainHTTP
    }
}
