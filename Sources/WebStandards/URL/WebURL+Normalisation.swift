extension WebURL {
    /// The URL without its fragment and without some parameters, escapes in normal form, the order and spelling of the rest kept.
    ///
    /// Milder than ``CanonicalURL``: no page can be told apart by what is lost. Source: RFC 3986, section 6.2.2.
    ///
    /// - Parameter parameters: Names of query parameters to remove, decoded; a trailing `*` stands for any ending.
    public func normalised(removingParameters parameters: [String] = []) -> WebURL {
        guard !hasOpaquePath else { return withoutFragment }
        var output: [UInt8] = Array(bytes(0, layout.pathStart))
        EscapeNormalisation.append(bytes(layout.pathStart, layout.pathEnd(in: count)), escaping: .path, to: &output)
        if let start = layout.queryStart {
            let query = bytes(start + 1, layout.fragmentStart ?? count)
            let pairs = query.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
                .filter { !$0.isEmpty && !Self.isOne(of: parameters, $0) }
            for (index, pair) in pairs.enumerated() {
                output.append(UInt8(ascii: index == 0 ? "?" : "&"))
                EscapeNormalisation.append(pair, escaping: .query, to: &output)
            }
        }
        return WebURL(bytes: output) ?? self
    }

    private static func isOne(of patterns: [String], _ text: Substring.UTF8View) -> Bool {
        let parameters = QueryParameters(text)
        guard let pair = parameters.pairs.first else { return false }
        return patterns.contains { CanonicalisationRules.isNamed(parameters.name(of: pair), by: $0) }
    }
}
