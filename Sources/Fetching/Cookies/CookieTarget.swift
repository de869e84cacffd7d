import WebStandards

/// What of a URL decides about cookies.
struct CookieTarget {
    /// As sent in the Host header: in lower case, without trailing dots.
    let host: String
    let isAddress: Bool
    let isSecure: Bool
    let path: String

    /// Nil for a URL without host.
    init?(_ url: WebURL) {
        guard var host = url.host else { return nil }
        while host.hasSuffix(".") { host.removeLast() }
        guard !host.isEmpty else { return nil }
        self.host = host
        isAddress = IPAddress(host) != nil
        isSecure = url.scheme == "https"
        path = url.path
    }

    /// `domain-match` (RFC 6265bis, 5.1.3): the domain itself or a name below it; addresses have nothing below them.
    func isIn(domain: String) -> Bool { host == domain || (!isAddress && host.hasSuffix(".\(domain)")) }

    /// `path-match` (5.1.4).
    func isUnder(path prefix: String) -> Bool { path.isUnder(path: prefix) }

    /// `default-path` (5.1.4): the folder of the requested path.
    var defaultPath: String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}

extension String {
    /// Whether this path is another or lies below it; `/ab` is not below `/a`.
    func isUnder(path: String) -> Bool {
        guard utf8.starts(with: path.utf8) else { return false }
        guard utf8.count > path.utf8.count, path.utf8.last != UInt8(ascii: "/") else { return true }
        return utf8.dropFirst(path.utf8.count).first == UInt8(ascii: "/")
    }
}
