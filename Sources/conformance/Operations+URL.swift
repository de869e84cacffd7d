import WebStandards

extension Operations {
    static let url: [String: Operation] = [
        "url.parse": { input in
            let base = input.string("base").map { WebURL($0) }
            if case .some(nil) = base { return .null }
            let parsed = input.string("input").flatMap { WebURL($0, base: base ?? nil) }
            return parsed.map { .string($0.href) } ?? .null
        },
        "url.canonicalize": { input in
            let text = String(decoding: input.bytes("url") ?? [], as: UTF8.self)
            let rules = CanonicalisationRules(
                keepFragments: input.bool("keep_fragments") ?? false,
                keepBlankValues: input.bool("keep_blank_values") ?? true,
                separator: input.string("query_separator")?.first ?? "&")
            return canonical(inEncoding: input.string("encoding"), text, rules).map { .string($0) } ?? .null
        },
        "url.normalize": { input in
            let removed = input["remove_params"]?.arrayValue?.compactMap(\.stringValue) ?? []
            guard let url = input.string("url").flatMap({ WebURL($0) }), url.isHTTP else { return .null }
            return .string(url.normalised(removingParameters: removed).href)
        },
        "url.host": { input in
            WebURL("https://\(input.string("domain") ?? "")/").flatMap(\.host).map { .string($0) } ?? .null
        },
    ]

    /// w3lib also takes relative references and keeps them relative.
    private static func canonical(inEncoding encoding: String?, _ text: String, _ rules: CanonicalisationRules)
        -> String?
    {
        let text = escapingQuery(of: text, in: encoding)
        if let url = WebURL(text) { return CanonicalURL(url, rules: rules).string }
        let root = "http://relative.invalid"
        guard let url = WebURL(text, base: WebURL(root + "/")) else { return nil }
        let isRooted = text.isEmpty || "/?#".contains(text.prefix(1))
        return String(CanonicalURL(url, rules: rules).string.dropFirst(isRooted ? root.count : root.count + 1))
    }

    /// Escapes the query in Latin-1 where the page was written in it and all characters fit.
    private static func escapingQuery(of text: String, in encoding: String?) -> String {
        guard let encoding, ["latin1", "latin-1", "iso-8859-1"].contains(encoding.lowercased()),
            let mark = text.firstIndex(of: "?")
        else { return text }
        let query = text[mark...].unicodeScalars
        guard query.allSatisfy({ $0.value < 0x100 }) else { return text }
        let escaped = query.map { $0.isASCII ? String($0) : "%" + String($0.value, radix: 16, uppercase: true) }
        return text[..<mark] + escaped.joined()
    }
}
