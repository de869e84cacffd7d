/// Cuts HTML into tags, texts and the rest without changing a byte, so that a page can be edited and keep its quirks.
///
/// Source: the states of HTML's tokenizer, https://html.spec.whatwg.org/multipage/parsing.html, without those of doctypes and CDATA.
struct MarkupScanner {
    /// An attribute of a start tag.
    struct Attribute {
        let name: String
        /// The value as it stands, without quotes.
        let value: Range<Int>
    }

    /// A piece of the page.
    struct Token {
        enum Kind { case text, start, end, comment, raw }

        let kind: Kind
        /// The element's name in small letters; empty for texts and comments.
        let name: String
        let range: Range<Int>
        var attributes: [Attribute] = []

        /// The value of an attribute; nil when it is not there.
        func value(_ name: String) -> Range<Int>? { attributes.first { $0.name == name }?.value }
    }

    private let bytes: [UInt8]
    private var position = 0
    private var tokens: [Token] = []

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The page's pieces in order; together they are the page. Takes time linear in its length.
    static func tokens(of bytes: [UInt8]) -> [Token] {
        var scanner = MarkupScanner(bytes)
        scanner.scan()
        return scanner.tokens
    }

    private mutating func scan() {
        while position < bytes.count {
            let start = position
            if starts(with: "<!--") {
                position = end(of: "-->", from: start + 4)
                tokens.append(Token(kind: .comment, name: "", range: start..<position))
            } else if starts(with: "<!") || starts(with: "<?") {
                position = end(of: ">", from: start + 2)
                tokens.append(Token(kind: .comment, name: "", range: start..<position))
            } else if starts(with: "</"), isLetter(start + 2) {
                position = start + 2
                let name = takeName()
                position = end(of: ">", from: position)
                tokens.append(Token(kind: .end, name: name, range: start..<position))
            } else if bytes[start] == 0x3C, isLetter(start + 1) {
                takeStartTag()
            } else {
                position += 1
                while position < bytes.count, bytes[position] != 0x3C { position += 1 }
                tokens.append(Token(kind: .text, name: "", range: start..<position))
            }
        }
    }

    private mutating func takeStartTag() {
        let start = position
        position += 1
        let name = takeName()
        var attributes: [Attribute] = []
        while position < bytes.count, bytes[position] != 0x3E {
            if isSpace(position) || bytes[position] == 0x2F {
                position += 1
            } else {
                attributes.append(takeAttribute())
            }
        }
        position = min(position + 1, bytes.count)
        tokens.append(Token(kind: .start, name: name, range: start..<position, attributes: attributes))
        guard name == "script" || name == "style", position < bytes.count else { return }
        let content = position
        while position < bytes.count, !(bytes[position] == 0x3C && closes(name, at: position)) { position += 1 }
        if position > content { tokens.append(Token(kind: .raw, name: name, range: content..<position)) }
    }

    private mutating func takeAttribute() -> Attribute {
        let start = position
        position += 1
        while position < bytes.count, !isSpace(position), ![0x2F, 0x3D, 0x3E].contains(bytes[position]) {
            position += 1
        }
        let name = String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
        var next = position
        while next < bytes.count, isSpace(next) { next += 1 }
        guard next < bytes.count, bytes[next] == 0x3D else { return Attribute(name: name, value: position..<position) }
        position = next + 1
        while position < bytes.count, isSpace(position) { position += 1 }
        guard position < bytes.count, bytes[position] == 0x22 || bytes[position] == 0x27 else {
            let start = position
            while position < bytes.count, !isSpace(position), bytes[position] != 0x3E { position += 1 }
            return Attribute(name: name, value: start..<position)
        }
        let quote = bytes[position]
        position += 1
        let value = position
        while position < bytes.count, bytes[position] != quote { position += 1 }
        defer { position = min(position + 1, bytes.count) }
        return Attribute(name: name, value: value..<position)
    }

    private mutating func takeName() -> String {
        let start = position
        while position < bytes.count, !isSpace(position), bytes[position] != 0x3E, bytes[position] != 0x2F {
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
    }

    private func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    }

    /// Whether `</name` stands there.
    private func closes(_ name: String, at place: Int) -> Bool {
        let end = bytes[place...].dropFirst(2).prefix(name.utf8.count)
        return bytes[place...].starts(with: [0x3C, 0x2F])
            && String(decoding: end, as: UTF8.self).lowercased() == name
    }

    /// Behind the next such text; the end of the page where there is none.
    private func end(of text: StaticString, from start: Int) -> Int {
        text.withUTF8Buffer { wanted in
            var place = min(start, bytes.count)
            while place < bytes.count {
                if bytes[place] == wanted[0], bytes[place...].starts(with: wanted) { return place + wanted.count }
                place += 1
            }
            return bytes.count
        }
    }

    private func isLetter(_ place: Int) -> Bool {
        place < bytes.count && (0x61...0x7A).contains(bytes[place] | 0x20)
    }

    private func isSpace(_ place: Int) -> Bool { [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(bytes[place]) }
}
