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
        readImages(map)
        map.close()
    }

    private mutating func readImages(_ map: YAMLMap) {
        let node = map.take("images")
        if let text = node?.string() {
            if let mode = ImageSettings.Mode(rawValue: text) {
                service.images.mode = mode
            } else {
                node?.report("expected \(ImageSettings.Mode.allCases.map(\.rawValue).joined(separator: ", "))")
            }
        }
        if let hosts = map.take("image_hosts") {
            service.images.hosts = hosts.oneOrMore().compactMap { node in
                guard let text = node.string()?.lowercased() else { return nil }
                if ImageSettings.isRule(text) { return text }
                node.report("expected a host's name like img.example.org, or *.example.org for all below it")
                return nil
            }
        }
        if let size = map.take("image_cache_megabytes")?.int(in: 1...1_000_000) {
            service.images.cacheBytes = size << 20
        }
        if service.images.mode == .cache, contact == nil, !service.images.areOfThisMachine {
            node?.report("images of other sites are asked for in your name: expected a contact")
        }
    }
}
