import WebStandards

/// How pages of one kind are asked for, where that takes more than a GET of the link.
struct PageRequest: Sendable {
    /// The address under which such a page is known and asked for, whatever address a link gave; nil for the link's own.
    let url: Template?
    /// What is sent by POST; nil for a GET.
    let body: JSONTemplate?

    /// The same for what asks in the same way.
    var identity: String {
        let body = body.map { $0.filled { .string("{\($0)}") }.serialized() }
        return "\(url?.source ?? "") \(body ?? "")"
    }

    /// Scheme, host and port that the address names.
    var origin: String? { url?.filled { _ in .string("1") }.flatMap { WebURL($0) }?.origin }
}

extension PageKind {
    /// Where a page is asked for, by the address that a link gives for it.
    func address(of url: WebURL) -> WebURL {
        guard let template = request?.url, let captures = captures(of: url),
            let address = template.filled(encoding: true, { captures[$0].map(JSONValue.string) }).flatMap({ WebURL($0) }
            ),
            address.isHTTP, self.captures(of: address) != nil
        else { return url }
        return address
    }

    /// Whether a URL is one under which such pages are asked for, perhaps with more parameters, as those that say where a list goes on.
    func isAddress(_ url: WebURL) -> Bool {
        let address = address(of: url)
        guard address != url else { return true }
        let parameters = URLText.parameters(of: url.query ?? "")
        return address.origin == url.origin && address.path == url.path
            && URLText.parameters(of: address.query ?? "").allSatisfy { wanted in
                parameters.contains { $0.name == wanted.name && $0.value == wanted.value }
            }
    }

    /// The body that asks for a page by POST; nil for one that is asked for by GET.
    func body(askingFor url: WebURL) -> [UInt8]? {
        guard let body = request?.body,
            let match = patterns.lazy.compactMap({ pattern in pattern.match(url).map { (pattern, $0) } }).first
        else { return nil }
        let filled = body.filled { name in
            match.1[name].map {
                match.0.integerNames.contains(name) ? Int64($0).map(JSONValue.int) ?? .string($0) : .string($0)
            }
        }
        return Array(filled.serialized().utf8)
    }
}
