import Fetching
import Foundation
import WebStandards

extension Configuration.Site {
    /// The proxies and the hosts whose certificate is not checked; read after `connect_to`, with which they must agree.
    mutating func readNetwork(_ map: YAMLMap) {
        for node in map.take("unverified_tls")?.oneOrMore() ?? [] {
            if let host = node.host() { unverifiedTLS.insert(host) }
        }
        guard let proxies = map.take("proxies")?.map() else { return }
        let elsewhere = Set(connectTo.keys.compactMap { WebURL($0)?.host })
        for entry in proxies.entries {
            _ = proxies.take(entry.key)
            guard let host = entry.key == "*" ? "*" : entry.keyNode.host() else { continue }
            // What was written is not repeated: it may hold a password.
            guard let proxy = entry.value.string().flatMap(FetchProxy.init) else {
                entry.value.report(
                    "expected a proxy like http://127.0.0.1:3128 or socks5://name:password@127.0.0.1:1080")
                continue
            }
            if elsewhere.contains(host) {
                entry.keyNode.report("'\(host)' is in connect_to already; a host is asked elsewhere or through a proxy")
            }
            self.proxies[host] = proxy
        }
        proxies.close()
    }
}

extension YAMLNode {
    /// A host as it stands in URLs, without scheme and port.
    fileprivate func host() -> String? {
        guard let text = string() else { return nil }
        let hasPort = text.contains(":") && !(text.hasPrefix("[") && text.hasSuffix("]"))
        guard !hasPort, let url = WebURL("http://\(text)/"), let host = url.host, url.path == "/",
            url.query == nil, url.fragment == nil, !url.hasCredentials
        else { return refuse("expected a host such as example.org or 127.0.0.1, found '\(text.prefix(80))'") }
        return host
    }

    /// The path of a file with at least one certificate.
    func certificateFile() -> String? {
        guard let path = string() else { return nil }
        let mark = Data("-----BEGIN CERTIFICATE-----".utf8)
        guard path.hasPrefix("/"),
            let content = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe),
            content.range(of: mark) != nil
        else {
            return refuse("expected the absolute path of a PEM file with certificates, found '\(path.prefix(200))'")
        }
        return path
    }
}
