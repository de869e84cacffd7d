/// Cloudflare hides what it takes for e-mail addresses from readers without JavaScript, titles with an `@` among them.
enum HiddenEmails {
    /// Mark-up with each hidden text in place of the element that stands for it.
    static func shown(in html: String) -> String {
        guard html.contains("data-cfemail"), let element else { return html }
        var (shown, rest) = ("", html[...])
        for match in element.matches(in: html) {
            guard let whole = match[0], let place = rest.firstRange(of: whole), let text = match[1].flatMap(text) else {
                continue
            }
            shown += rest[..<place.lowerBound] + text
            rest = rest[place.upperBound...]
        }
        return shown + rest
    }

    /// The first byte is the key that all others were combined with.
    static func text(_ hexadecimal: String) -> String? {
        let digits = Array(hexadecimal.utf8)
        guard digits.count.isMultiple(of: 2), (4...1_024).contains(digits.count) else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        guard bytes.count * 2 == digits.count else { return nil }
        let text = String(decoding: bytes.dropFirst().map { $0 ^ bytes[0] }, as: UTF8.self)
        return text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }

    private static let element = try? Pattern(
        #"<(?:a|span)\b[^<>]*\bdata-cfemail="([0-9A-Fa-f]+)"[^<>]*>[^<]*</(?:a|span)>"#)
}
