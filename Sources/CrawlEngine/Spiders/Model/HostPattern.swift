import Fetching
public import WebStandards

/// A host a spider may ask: `example.com` with any port, or `example.com:8080` with that one.
public struct HostPattern: Sendable, Hashable, CustomStringConvertible {
    /// As in a URL: a domain in ASCII, an IPv4 address, or an IPv6 address in brackets.
    public let host: String
    /// nil for any.
    public let port: UInt16?

    /// Reads a host; nil when it is none.
    public init?(_ text: String) {
        guard let url = WebURL("http://\(text)/"), url.path == "/", url.query == nil, !url.hasCredentials,
            let host = url.host, !host.isEmpty
        else { return nil }
        self.host = host
        port = text.hasSuffix(":80") ? 80 : url.port
    }

    /// Whether a URL leads to this host.
    public func matches(_ url: WebURL) -> Bool {
        url.isHTTP && url.host == host && (port == nil || url.effectivePort == port)
    }

    /// Whether it is this machine.
    var isLocal: Bool {
        host == "localhost" || IPAddress(host).map { AddressClass(of: $0) == .loopback } ?? false
    }

    public var description: String { port.map { "\(host):\($0)" } ?? host }
}
