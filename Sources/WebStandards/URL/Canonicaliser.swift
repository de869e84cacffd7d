/// Rewrites the parts of a URL so that equal pages get equal texts.
///
/// Escapes are decoded where that is safe and written again in one way; parameters are sorted. The rules are those of w3lib's
/// `canonicalize_url`, on which Scrapy's duplicate filter rests.
struct Canonicaliser {
    let rules: CanonicalisationRules

    /// What w3lib leaves as it is in a path: RFC 3986's reserved (but `#`) and unreserved characters, `|` and `%`.
    private static let pathSet = PercentEncodeSet(" \"#<>\\^`{}")

    /// The same for fragments.
    private static let fragmentSet = PercentEncodeSet(" \"<>\\^`{}")

    func canonical(_ url: WebURL) -> WebURL {
        let input = Array(url.href.utf8)
        var layout = url.layout
        var output: [UInt8] = []
        output.reserveCapacity(input.count + 16)
        output.append(contentsOf: input[..<layout.hostStart])
        output.append(contentsOf: input[layout.hostStart..<layout.pathStart].lazy.map(\.lowercasedASCII))
        appendPath(input[layout.pathStart..<layout.pathEnd(in: input.count)], to: &output)
        layout.queryStart = nil
        layout.fragmentStart = nil
        if let start = url.layout.queryStart {
            let queryStart = output.count
            appendQuery(input[(start + 1)..<(url.layout.fragmentStart ?? input.count)], to: &output)
            if output.count > queryStart { layout.queryStart = queryStart }
        }
        if let start = url.layout.fragmentStart {
            let fragmentStart = output.count
            appendFragment(input[(start + 1)...], to: &output)
            if output.count > fragmentStart { layout.fragmentStart = fragmentStart }
        }
        // With these schemes nothing that was written means anything else to the parser.
        if url.isHTTP { return WebURL(href: String(decoding: output, as: UTF8.self), layout: layout) }
        return WebURL(bytes: output) ?? url
    }

    private func appendPath(_ path: ArraySlice<UInt8>, to output: inout [UInt8]) {
        if path.isEmpty { output.append(UInt8(ascii: "/")) }
        var index = path.startIndex
        while index < path.endIndex {
            let byte = path[index]
            if byte == UInt8(ascii: "%"), index + 2 < path.endIndex, let high = Hexadecimal.value(path[index + 1]),
                let low = Hexadecimal.value(path[index + 2])
            {
                appendDecoded(high << 4 | low, to: &output)
                index += 3
            } else {
                if Self.pathSet.contains(byte) { output.append(escaped: byte) } else { output.append(byte) }
                index += 1
            }
        }
    }

    /// An escaped `/` or `?` is data, not a separator, so it stays escaped; so does `%`, lest it starts an escape (here w3lib
    /// differs: it decodes once more each time it is called).
    private func appendDecoded(_ byte: UInt8, to output: inout [UInt8]) {
        let isSeparator = byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "%")
        if isSeparator || Self.pathSet.contains(byte) || EscapeNormalisation.completesEscape(byte, behind: output) {
            output.append(escaped: byte)
        } else {
            output.append(byte)
        }
    }

    private func appendFragment(_ fragment: ArraySlice<UInt8>, to output: inout [UInt8]) {
        guard rules.keepFragments, !fragment.isEmpty else { return }
        output.append(UInt8(ascii: "#"))
        output.append(encoding: fragment, with: Self.fragmentSet)
    }

    private func appendQuery(_ query: ArraySlice<UInt8>, to output: inout [UInt8]) {
        let separator = rules.separator.asciiValue ?? UInt8(ascii: "&")
        var parameters = QueryParameters(query, separator: separator, keepBlankValues: rules.keepBlankValues)
        if !rules.dropParameters.isEmpty || rules.keepOnlyParameters != nil { parameters.removeAll(where: isDropped) }
        if rules.sortParameters { parameters.sort() }
        for (index, pair) in parameters.pairs.enumerated() {
            output.append(index == 0 ? UInt8(ascii: "?") : separator)
            parameters.append(pair, to: &output)
        }
    }

    private func isDropped(_ name: ArraySlice<UInt8>) -> Bool {
        if let kept = rules.keepOnlyParameters, !kept.contains(where: { CanonicalisationRules.isNamed(name, by: $0) }) {
            return true
        }
        return rules.dropParameters.contains { CanonicalisationRules.isNamed(name, by: $0) }
    }
}
