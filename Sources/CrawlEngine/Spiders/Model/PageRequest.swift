import WebStandards

/// How pages of one kind are asked for, where that takes more than a GET of the link.
struct PageRequest: Sendable {
    /// The address under which such a page is known and asked for, whatever address a link gave; nil for the link's own.
    let url: Template?
    /// What is sent by POST; nil for a GET.
    let body: JSONTemplate?
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
