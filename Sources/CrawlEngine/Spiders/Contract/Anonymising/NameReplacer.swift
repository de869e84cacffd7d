import WebStandards

/// Puts other names in the place of names, wherever and however they are written: as text, percent-encoded, as HTML and in JSON.
///
/// Names are found as whole words, letter case ignored. A name that the page also uses as an ordinary word ("anime") is replaced only where it
/// stands as a name: in an address or value of a person, alone in its text, or before "'s".
struct NameReplacer {
    private struct Spelling {
        let bytes: [UInt8]
        let name: String
        let replacement: String
        let isCommon: Bool
    }

    /// By their first byte, the longest first.
    private var spellings: [UInt8: [Spelling]] = [:]
    private let common: Set<String>

    /// - Parameters:
    ///   - names: Each with what stands for it.
    ///   - common: Those that are also ordinary words here, in small letters.
    init(_ names: [(name: String, replacement: String)], common: Set<String>) {
        self.common = common
        for (name, replacement) in names {
            let isCommon = common.contains(name.lowercased())
            for text in Set(Self.spellings(of: name)) {
                let bytes = text.utf8.map(Self.lower)
                guard let first = bytes.first else { continue }
                spellings[first, default: []].append(
                    Spelling(bytes: bytes, name: name, replacement: replacement, isCommon: isCommon))
            }
        }
        for (first, list) in spellings {
            spellings[first] = list.sorted { ($1.bytes.count, $0.name) < ($0.bytes.count, $1.name) }
        }
    }

    private static func spellings(of name: String) -> [String] {
        let escaped = name.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        var json = ""
        for unit in name.utf16 {
            let hex = String(unit, radix: 16)
            json +=
                unit < 0x80
                ? String(UnicodeScalar(UInt8(unit))) : "\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)"
        }
        return [
            name, escaped, escaped.replacing("'", with: "&#39;").replacing("\"", with: "&quot;"),
            escaped.replacing("'", with: "&#039;"), json, URLText.encode(name),
            URLText.encode(name).replacing("%20", with: "+"),
        ]
    }

    /// The bytes with all names replaced.
    func replacing(in bytes: [UInt8]) -> [UInt8] {
        var (result, index): ([UInt8], Int) = ([], 0)
        result.reserveCapacity(bytes.count)
        while index < bytes.count {
            if let found = spelling(at: index, in: bytes) {
                result += found.replacement.utf8
                index += found.bytes.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    func replacing(in text: String) -> String { String(decoding: replacing(in: Array(text.utf8)), as: UTF8.self) }

    private func spelling(at index: Int, in bytes: [UInt8]) -> Spelling? {
        guard let candidates = spellings[Self.lower(bytes[index])] else { return nil }
        return candidates.first { candidate in
            let end = index + candidate.bytes.count
            guard end <= bytes.count,
                zip(candidate.bytes, bytes[index..<end]).allSatisfy({ $0 == Self.lower($1) }),
                Self.isBoundary(before: index, in: bytes), Self.isBoundary(after: end, in: bytes)
            else { return false }
            return !candidate.isCommon || Self.isPerson(index, end, bytes)
        }
    }

    private static func isBoundary(after end: Int, in bytes: [UInt8]) -> Bool {
        !isWord(bytes[end - 1]) || end == bytes.count || !isWord(bytes[end])
    }

    /// A letter in front is none where it ends an escape: `%20Name`, `\nName`, `\u003eName`.
    private static func isBoundary(before index: Int, in bytes: [UInt8]) -> Bool {
        guard isWord(bytes[index]), index > 0, isWord(bytes[index - 1]) else { return true }
        if index >= 3, bytes[index - 3] == 0x25, isHex(bytes[index - 2]), isHex(bytes[index - 1]) { return true }
        if index >= 2, bytes[index - 2] == 0x5C { return true }
        return index >= 6 && bytes[index - 6] == 0x5C && bytes[index - 5] | 0x20 == 0x75
    }

    /// Whether the place is one for a person's name.
    private static func isPerson(_ index: Int, _ end: Int, _ bytes: [UInt8]) -> Bool {
        let before = String(decoding: bytes[max(0, index - 48)..<index], as: UTF8.self).lowercased()
            .replacing("&quot;", with: "\"").replacing("\\/", with: "/").replacing("%2f", with: "/")
        if before.hasSuffix("/"),
            PersonAddress.segments.contains(where: { before.hasSuffix("/\($0)/") }) || before.hasSuffix("/@")
        {
            return true
        }
        let key = before.reversed().drop { "\"' :=\\".contains($0) }.prefix { $0.isLetter || $0 == "_" }.reversed()
        if before.last.map({ "\"'=".contains($0) }) == true, PersonAddress.names.contains(String(key)) { return true }
        let after = String(decoding: bytes[end..<min(end + 8, bytes.count)], as: UTF8.self)
        return ["'s ", "\u{2019}s ", "&#39;s ", "&#039;s "].contains { after.hasPrefix($0) }
    }

    /// Names that are still there, as parts of words or as ordinary words, and how often.
    func leftovers(in bytes: [UInt8]) -> [(name: String, count: Int)] {
        var counts: [String: Int] = [:]
        for index in bytes.indices {
            for candidate in spellings[Self.lower(bytes[index])] ?? [] {
                let end = index + candidate.bytes.count
                if end <= bytes.count, zip(candidate.bytes, bytes[index..<end]).allSatisfy({ $0 == Self.lower($1) }) {
                    counts[candidate.name, default: 0] += 1
                    break
                }
            }
        }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    static func isCommon(_ name: String) -> Bool {
        name.utf8.count < 3 || name.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
    private static func isHex(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}
