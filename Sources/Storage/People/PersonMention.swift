import Foundation
import WebStandards

/// Whether a URL or a page speaks of a person, by a name that stands where sites put names: a segment of a path, the value of a parameter, a
/// whole text between tags, a whole JSON string.
///
/// It may find somebody's namesake, such as a genre of that name: then a raw page too many goes.
struct PersonMention: Sendable {
    private let name: String
    /// The name as a page may write it, ASCII letters in lower case.
    private let spellings: [[UInt8]]

    init(_ name: String) {
        self.name = name.lowercased()
        spellings = Self.spellings(of: name)
    }

    /// In every letter case and form of Unicode that people type, plain, as part of a URL, of HTML and of a JSON string.
    private static func spellings(of name: String) -> [[UInt8]] {
        let cases = [name, name.lowercased(), name.uppercased()]
        let forms = cases.flatMap {
            [$0, $0.precomposedStringWithCanonicalMapping, $0.decomposedStringWithCanonicalMapping]
        }
        let written = forms.flatMap { form in
            let encoded = form.addingPercentEncoding(withAllowedCharacters: unreserved) ?? form
            let markup = form.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            let quoted = markup.replacing("\"", with: "&quot;")
            let units = form.utf16.map { unit -> String in
                let digits = String(unit, radix: 16)
                return unit < 0x80
                    ? String(UnicodeScalar(UInt8(unit)))
                    : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
            return [
                form, encoded, encoded.replacing("%20", with: "+"), markup, quoted,
                quoted.replacing("'", with: "&#39;"),
                quoted.replacing("'", with: "&#039;"), units.joined(),
            ]
        }
        return Set(written.map { $0.utf8.map(folded) }).filter { !$0.isEmpty }.sorted { $0.count < $1.count }
    }

    /// RFC 3986, section 2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    /// Whether a segment of the path or the value of a parameter is the name.
    func isAddress(_ url: String) -> Bool {
        Self.parts(of: url).contains(name)
    }

    /// Segments of the path and values of parameters, decoded, in lower case.
    static func parts(of url: String) -> Set<String> {
        guard let url = WebURL(url) else { return [] }
        let segments = url.path.split(separator: "/").map(String.init)
        let values = (url.query ?? "").split(separator: "&").compactMap { pair in
            pair.split(separator: "=", maxSplits: 1).dropFirst().first.map { String($0).replacing("+", with: " ") }
        }
        return Set((segments + values).map { ($0.removingPercentEncoding ?? $0).lowercased() })
    }

    /// Whether the name of a file has the person's name anywhere in it; rather one too many.
    func isFile(_ file: String) -> Bool { file.lowercased().contains(name) }

    /// Whether a page names the person, in any of the ways in which pages write a name.
    func isNamed(in page: [UInt8]) -> Bool {
        page.withUnsafeBufferPointer { page in spellings.contains { Self.contains($0, in: page) } }
    }

    private static func contains(_ name: [UInt8], in page: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = name.first, page.count >= name.count else { return false }
        for start in 0...(page.count - name.count) where folded(page[start]) == first {
            if (1..<name.count).allSatisfy({ folded(page[start + $0]) == name[$0] }), begins(at: start, in: page),
                ends(at: start + name.count, in: page)
            {
                return true
            }
        }
        return false
    }

    /// Whether something begins here; a text between tags may have space around it.
    private static func begins(at start: Int, in page: UnsafeBufferPointer<UInt8>) -> Bool {
        guard start > 0 else { return true }
        if opens(page[start - 1]) { return true }
        let before = page[..<start].last { !isSpace($0) }
        return isSpace(page[start - 1]) && before.map { $0 == UInt8(ascii: ">") } ?? true
    }

    private static func ends(at end: Int, in page: UnsafeBufferPointer<UInt8>) -> Bool {
        guard end < page.count else { return true }
        if closes(page[end]) { return true }
        let next = page[end...].first { !isSpace($0) }
        return isSpace(page[end]) && next.map { $0 == UInt8(ascii: "<") } ?? true
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    /// / = " ' >
    private static func opens(_ byte: UInt8) -> Bool { [0x2F, 0x3D, 0x22, 0x27, 0x3E].contains(byte) }

    /// / ? & # " ' < \
    private static func closes(_ byte: UInt8) -> Bool {
        [0x2F, 0x3F, 0x26, 0x23, 0x22, 0x27, 0x3C, 0x5C].contains(byte)
    }
}
