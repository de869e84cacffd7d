import WebStandards

/// Puts filler in the place of prose, so that a page can be kept without its texts: words of the same length and case, the same word always by
/// the same filler, mark-up, digits and punctuation untouched.
struct TextScrambler {
    private let key: [UInt8]
    /// Texts the spider looks for; they stay.
    private let kept: [String]
    /// What items hold of texts, on one line.
    private let prose: [String]

    /// - Parameters:
    ///   - key: Without it nobody can tell which word a filler stands for.
    ///   - spider: The sentences it looks for stay.
    ///   - items: Their texts are prose, in pieces too.
    init(key: [UInt8], spider: Spider, items: [JSONObject]) {
        self.key = key
        kept = spider.placeholders.map { $0.hasSuffix("*") ? String($0.dropLast()) : $0 } + spider.verdictTexts
        prose = items.flatMap { $0.values.flatMap(Self.texts) }.filter(Self.isLong).map(HTMLText.collapsed)
    }

    private static func texts(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let values): values.flatMap(texts)
        case .object(let object): object.values.flatMap(texts)
        default: []
        }
    }

    /// Whether a text is long enough to be somebody's work: eight words, or thirty letters of a script without spaces.
    static func isLong(_ text: String) -> Bool {
        let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "'" }
        guard !text.contains("://") || words.count > 20 else { return false }
        return words.count >= 8
            || text.unicodeScalars.filter { $0.value >= 0x3040 && $0.properties.isAlphabetic }.count >= 30
    }

    private func isProse(_ text: String) -> Bool {
        if Self.isLong(text) { return true }
        let line = HTMLText.collapsed(HTMLText.paragraphs(of: text) ?? text)
        return line.contains(" ") && prose.contains { $0.contains(line) }
    }

    /// A page, or a JSON document, with its prose scrambled.
    func scrambling(_ bytes: [UInt8], isJSON: Bool) -> [UInt8] {
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        if isJSON { return Array(scramblingLiterals(in: text(bytes.indices), quote: "\"").utf8) }
        var edits = ByteEdits()
        for token in MarkupScanner.tokens(of: bytes) {
            switch token.kind {
            case .text, .comment:
                let old = text(token.range)
                if isProse(old) { edits.replace(token.range, with: scrambling(old)) }
            case .raw where token.name == "script":
                edits.replace(token.range, with: scramblingLiterals(in: text(token.range), quote: "\""))
            case .start:
                for attribute in token.attributes where attribute.value.count >= 30 {
                    let old = text(attribute.value)
                    if old.hasPrefix("{") || old.hasPrefix("[") {
                        let quote = old.contains("&quot;") ? "&quot;" : "\""
                        edits.replace(attribute.value, with: scramblingLiterals(in: old, quote: quote))
                    } else if isProse(old) {
                        edits.replace(attribute.value, with: scrambling(old))
                    }
                }
            default: break
            }
        }
        return edits.applied(to: bytes)
    }

    /// Texts between quotes, as in JSON.
    private func scramblingLiterals(in text: String, quote: String) -> String {
        var parts: [String] = []
        for part in text.split(separator: quote, omittingEmptySubsequences: false).map(String.init) {
            // A quote behind an odd number of backslashes is part of the text.
            if let last = parts.last, last.reversed().prefix(while: { $0 == "\\" }).count % 2 == 1 {
                parts[parts.count - 1] = last + quote + part
            } else {
                parts.append(part)
            }
        }
        return parts.map { isProse($0) && !$0.contains("{") ? scrambling($0) : $0 }.joined(separator: quote)
    }

    /// A text with its words replaced, but for what the spider looks for and for who is named as its source.
    func scrambling(_ text: String) -> String {
        var pieces = [(text: text, isKept: false)]
        for phrase in kept + Self.attributions(in: text) where !phrase.isEmpty && text.contains(phrase) {
            pieces = pieces.flatMap { piece -> [(String, Bool)] in
                guard !piece.isKept else { return [piece] }
                let parts = piece.text.split(separator: phrase, omittingEmptySubsequences: false).map {
                    (String($0), false)
                }
                return Array(parts.map { [$0] }.joined(separator: [(phrase, true)]))
            }
        }
        return pieces.map { $0.isKept ? $0.text : words($0.text) }.joined()
    }

    private static let attribution = try? Pattern(#"(?i)([\[(](?:written by|source|edited)[^\])]{0,80}[\])])"#)

    private static func attributions(in text: String) -> [String] {
        attribution?.matches(in: text).compactMap { $0[0] } ?? []
    }

    /// Entities (`&amp;`) and escapes (`\n`, `\u00e9`) stay.
    private func words(_ text: String) -> String {
        var (result, word) = (String.UnicodeScalarView(), String.UnicodeScalarView())
        let scalars = Array(text.unicodeScalars)
        var index = 0
        func flush() {
            if !word.isEmpty { result.append(contentsOf: filler(for: word)) }
            word = String.UnicodeScalarView()
        }
        while index < scalars.count {
            let skipped = Self.escapeLength(scalars[index...])
            if skipped == 0, scalars[index].properties.isAlphabetic {
                word.append(scalars[index])
                index += 1
                continue
            }
            flush()
            result.append(contentsOf: scalars[index..<index + max(skipped, 1)])
            index += max(skipped, 1)
        }
        flush()
        return String(result)
    }

    private static func escapeLength(_ rest: ArraySlice<Unicode.Scalar>) -> Int {
        switch rest.first {
        case "\\"?:
            let next = rest.dropFirst().first
            return min(next == "u" ? 6 : 2, rest.count)
        case "&"?:
            guard let end = rest.prefix(12).firstIndex(of: ";") else { return 0 }
            return end - rest.startIndex + 1
        default: return 0
        }
    }

    private func filler(for word: String.UnicodeScalarView) -> [Unicode.Scalar] {
        let person = String(word).lowercased()
        let digest = HMACSHA256.authenticate(Array(person.utf8), key: key)
        return word.enumerated().map { index, scalar in
            let letters = Self.letters(like: scalar, isVowel: (index + Int(digest[0])) % 2 == 0)
            let letter = letters[Int(digest[index % digest.count]) % letters.count]
            return scalar.properties.isUppercase
                ? letter.properties.uppercaseMapping.unicodeScalars.first ?? letter : letter
        }
    }

    private static func letters(like scalar: Unicode.Scalar, isVowel: Bool) -> [Unicode.Scalar] {
        switch scalar.value {
        case 0x3041...0x309F: Array("あいうえおかきくけこ".unicodeScalars)
        case 0x30A1...0x30FF: Array("アイウエオカキクケコ".unicodeScalars)
        case 0x3400...0x9FFF: Array("山川田中木本人大小日".unicodeScalars)
        case 0xAC00...0xD7A3: Array("가나다라마바사".unicodeScalars)
        default: Array((isVowel ? "aeiou" : "lmnrstpvd").unicodeScalars)
        }
    }
}

extension Spider {
    /// The texts its conditions look for in pages.
    var verdictTexts: [String] {
        (verdicts + pages.flatMap(\.verdicts)).flatMap { $0.condition.texts }
            + pages.flatMap { $0.condition?.texts ?? [] }
    }
}

extension Condition {
    fileprivate var texts: [String] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.texts)
        case .not(let part): part.texts
        case .title(let texts), .body(let texts): texts
        case .value(_, .equals(let texts)), .value(_, .contains(let texts)), .value(_, .starts(let texts)): texts
        case .status, .value: []
        }
    }
}
