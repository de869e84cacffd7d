extension Configuration {
    /// Who may steer over HTTP, and how the service is called.
    mutating func readService(_ map: YAMLMap) {
        guard let map = map.take("service")?.map() else { return }
        for node in map.take("tokens")?.oneOrMore() ?? [] {
            guard let text = node.string() else { continue }
            if let hash = TokenHash(text) {
                service.tokens.append(hash)
            } else {
                // It may be the token itself, so it is not repeated.
                node.report(
                    "expected what `animematcher serve --new-token` prints for this file: sha256: and 64 hex digits")
            }
        }
        for node in map.take("hosts")?.oneOrMore() ?? [] {
            guard let text = node.string() else { continue }
            if !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != 0x2f && $0 != 0x40 }) {
                service.hosts.append(text.lowercased())
            } else {
                node.report("expected a host's name without scheme and port, like anime.example.org")
            }
        }
        if let node = map.take("requests_per_second") {
            service.requestsPerSecond =
                node.plainText == "unlimited" ? nil : node.int(in: 1...1_000_000) ?? service.requestsPerSecond
        }
        map.close()
    }
}
