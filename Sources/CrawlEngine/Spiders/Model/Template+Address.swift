/// What of an address is known before its places are filled in.
extension Template {
    /// The segments of the path and the parameters, nil where a place is filled in; nil for what is no path or absolute URL.
    ///
    /// A place is filled in percent-encoded, and so stays within its segment or parameter.
    var address: (path: [String?], parameters: [(name: String, value: String?)])? {
        // What stands for a missing value may be empty, and then there is no segment, or hold marks of its own.
        let places = source.split(separator: "{").dropFirst().map { $0.prefix { $0 != "}" } }
        guard !places.contains(where: { $0.hasSuffix("|") || $0.contains { "/?&#".contains($0) } }) else { return nil }
        var text = source[...]
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            let rest = text.dropFirst(scheme.count)
            text = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
        }
        guard text.hasPrefix("/"), !text.hasPrefix("//") else { return nil }
        text = text.prefix { $0 != "#" }
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        func known(_ text: String) -> String? { text.contains("{") ? nil : text }
        let segments = parts[0].split(separator: "/").map { String($0) }
        guard !segments.contains(where: { $0 == ".." || $0 == "." }) else { return nil }
        let parameters = URLText.parameters(of: parts.count > 1 ? String(parts[1]) : "")
        guard !parameters.contains(where: { $0.name.contains("{") }) else { return nil }
        return (segments.map { known($0).map { URLText.decode($0) } }, parameters.map { ($0.name, known($0.value)) })
    }
}
