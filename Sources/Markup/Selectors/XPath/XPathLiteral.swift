/// Writes a text as an XPath expression.
enum XPathLiteral {
    /// XPath 1.0 has no escapes: a text with both kinds of quotes becomes a `concat()`.
    static func of(_ text: String) -> String {
        if !text.contains("'") { return "'\(text)'" }
        if !text.contains("\"") { return "\"\(text)\"" }
        let parts = text.split(separator: "'", omittingEmptySubsequences: false).map { "'\($0)'" }
        return "concat(\(parts.joined(separator: ", \"'\", ")))"
    }
}
