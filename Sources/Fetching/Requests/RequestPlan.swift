import WebStandards

/// A checked request in the terms of the transfer; everything that can be refused without a connection has been.
struct RequestPlan: Sendable {
    let request: FetchRequest
    let scheme: String
    /// As sent in the Host header: without trailing dots.
    let host: String
    let port: UInt16?
    /// Path and query, byte for byte as in the URL.
    let target: String
    /// The value of the Cookie header.
    let cookieHeader: String?
    let verifiesTLS: Bool
    let userAgent: String
    let certificateAuthorities: String?
    let maximumConnectionSeconds: Int

    init(_ request: FetchRequest, configuration: FetcherConfiguration) throws(FetchError) {
        let url = request.url
        func refuse(_ cause: String, _ code: FetchError.Code = .invalidRequest) -> FetchError {
            FetchError(code, url: url, cause: cause)
        }
        guard url.isHTTP else { throw refuse("only http and https are fetched, not \(url.scheme)") }
        var host = url.host ?? ""
        while host.hasSuffix(".") { host.removeLast() }
        guard host.isHostText else { throw refuse("the URL has no usable host") }
        target = url.requestTarget
        guard target.utf8.first == UInt8(ascii: "/"), target.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw refuse("the path or query holds characters that must be percent-encoded")
        }
        if let problem = request.problem { throw refuse(problem) }
        if request.connectTo == nil, let literal = IPAddress(host) ?? request.localhost(host),
            case .refused(let kind) = AddressGuard(request.allowedAddresses).judge(literal)
        {
            throw refuse("\(literal) is \(kind.rawValue)", .addressRefused)
        }
        self.request = request
        cookieHeader = request.cookies?.header(for: url)
        self.host = host
        port = url.port
        scheme = request.connectTo?.plainHTTP == true ? "http" : url.scheme
        verifiesTLS = !configuration.unverifiedTLSHosts.contains(host)
        userAgent = configuration.userAgent
        certificateAuthorities = configuration.certificateAuthorities
        maximumConnectionSeconds = max(1, configuration.maximumConnectionAge.milliseconds / 1000)
    }

    var isTLS: Bool { scheme == "https" }
}

extension FetchRequest {
    /// The address that `localhost` and the names below it always have (RFC 6761, 6.3), for requests whose name a proxy would look up.
    fileprivate func localhost(_ host: String) -> IPAddress? {
        guard proxy != nil, host == "localhost" || host.hasSuffix(".localhost") else { return nil }
        return IPAddress("127.0.0.1")
    }

    /// The first rule the request breaks; nil when none.
    fileprivate var problem: String? {
        if body != nil, method != .post { return "only POST carries a body" }
        if connectTo != nil, proxy != nil { return "a request goes to another target or through a proxy, not both" }
        if let connectTo, !connectTo.host.isHostText || connectTo.port == 0 {
            return "the target to connect to is no host and port"
        }
        if let proxy, !proxy.host.isHostText || proxy.port == 0 { return "the proxy is no host and port" }
        if limits.maximumBodyBytes < 0 { return "the body limit is negative" }
        return headers.lazy.compactMap(\.problem).first
    }
}

extension HeaderField {
    /// Fields that decide where a message ends, goes to or how it is coded, and belong to the fetcher.
    private static let reserved: Set<String> = [
        "accept-encoding", "connection", "content-length", "cookie", "cookie2", "expect", "host", "http2-settings",
        "keep-alive",
        "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
    ]

    fileprivate var problem: String? {
        if !hasValidName { return "a header name is not a token" }
        if !hasValidValue { return "the value of header \(name) holds a control character" }
        return Self.reserved.contains(name.lowercased()) ? "header \(name) is set by the fetcher" : nil
    }
}

extension String {
    /// Whether this can be handed to libcurl as a host: a name, an IPv4 address or an IPv6 address.
    var isHostText: Bool {
        !isEmpty && utf8.count <= 255
            && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"/\\?#@%<>\"'`{}|^,;".utf8.contains($0) }
            && (!utf8.contains(UInt8(ascii: ":")) || IPAddress(self) != nil)
    }

    /// With the brackets an IPv6 address needs before a port.
    var bracketed: String { contains(":") && !hasPrefix("[") ? "[\(self)]" : self }
}
