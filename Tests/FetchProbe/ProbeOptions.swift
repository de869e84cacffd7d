import Fetching
import WebStandards

/// What the probe is asked to do.
struct ProbeOptions {
    struct Misused: Error { let argument: String }

    /// Transfers at once: `transfers=8`.
    private(set) var transfers = 8
    /// Trusted certificates: `ca=FILE`.
    private(set) var certificateAuthorities: String?
    /// How often every URL is asked for: `rounds=40`.
    private(set) var rounds = 1
    /// The spider that reads the answers, of those in the working folder: `spider=demo`.
    private(set) var spider: String?
    /// One for each URL, in order.
    private(set) var requests: [FetchRequest] = []

    /// Further options: `limit=BYTES` of a body, `timeout=MILLISECONDS`, `to=PORT` of 127.0.0.1 for every URL, `plain=1` for http there,
    /// `hosts=N` for as many hosts of their own, `public=1` for no address but public ones, `proxy=URL`.
    init(_ arguments: some Sequence<String>) throws {
        var limits = FetchLimits()
        var urls: [String] = []
        var proxy: FetchProxy?
        var (port, isPlain, rules): (UInt16?, Bool, AddressRules) = (nil, false, .loopback)
        for argument in arguments {
            let pair = argument.split(separator: "=", maxSplits: 1).map(String.init)
            let value = pair.count == 2 ? Int(pair[1]) : nil
            switch (pair[0], value) {
            case ("transfers", let value?): transfers = value
            case ("rounds", let value?): rounds = max(1, value)
            case ("spider", nil): spider = pair[1]
            case ("limit", let value?): limits.maximumBodyBytes = value
            case ("timeout", let value?): limits.totalTimeout = .milliseconds(value)
            case ("to", let value?): port = UInt16(exactly: value)
            case ("plain", let value?): isPlain = value == 1
            case ("public", let value?): rules = value == 1 ? .publicOnly : .loopback
            case ("hosts", let value?): urls += (0..<value).map { "http://host\($0).test/" }
            case ("ca", nil): certificateAuthorities = pair[1]
            case ("proxy", nil): proxy = FetchProxy(pair[1])
            default: urls.append(argument)
            }
        }
        requests = try urls.map { text in
            guard let url = WebURL(text) else { throw Misused(argument: text) }
            let target = port.map { ConnectTarget(host: "127.0.0.1", port: $0, plainHTTP: isPlain) }
            return FetchRequest(url: url, limits: limits, connectTo: target, proxy: proxy, allowedAddresses: rules)
        }
    }
}
