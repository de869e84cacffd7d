/// Reads the tags and texts of an XML document one after the other, without building a tree.
///
/// Made for documents of strangers: it never opens anything, knows no entities but the five predefined and numeric ones, skips a document
/// type with all it declares, and goes on after mistakes. Its memory is that of one token.
///
/// Source: XML 1.0, fifth edition, sections 2 and 4.6.
struct XMLScanner {
    enum Token: Equatable {
        /// The name without its prefix, in the case it was written.
        case start(name: String, isEmpty: Bool)
        case end(name: String)
        case text([UInt8])
        case doctype
    }

    private let bytes: [UInt8]
    private var position = 0
    /// Where the attributes of the last start tag are.
    private var attributeRange = 0..<0
    /// The prefix of the last start tag's name; empty when it has none.
    private(set) var prefix = ""
    /// Whether the document ended within the last tag.
    private(set) var isCut = false
    /// Whether something was met that no XML document may have.
    private(set) var hasMistake = false

    /// Longer names are cut, longer texts too.
    private static let maximumName = 64
    private static let maximumText = 1 << 16

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next token; nil at the end of the document.
    mutating func next() -> Token? {
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else { return text() }
            switch position + 1 < bytes.count ? bytes[position + 1] : 0 {
            case UInt8(ascii: "!"):
                if let token = declaration() { return token }
            case UInt8(ascii: "?"):
                skip(past: "?>")
            case UInt8(ascii: "/"):
                return endTag()
            case let byte where byte.isASCIILetter || byte == UInt8(ascii: "_") || byte >= 0x80:
                return startTag()
            default:
                position += 1
                hasMistake = true
                return .text([UInt8(ascii: "<")])
            }
        }
        return nil
    }

    /// The value of an attribute of the last start tag, by its name without prefix.
    func attribute(_ name: String) -> [UInt8]? {
        var rest = bytes[attributeRange]
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let key = Self.trimmed(rest[..<equals])
            let value = rest[(equals + 1)...].drop(while: Self.isSpace)
            guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
            let content = value.dropFirst().prefix { $0 != quote }
            if Self.localName(key).elementsEqual(name.utf8) {
                var ignored = false
                return Self.decoded(content, hasMistake: &ignored)
            }
            guard content.endIndex < rest.endIndex else { return nil }
            rest = rest[(content.endIndex + 1)...]
        }
        return nil
    }

    private mutating func text() -> Token {
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        let content = bytes[position..<end]
        position = end
        return .text(Self.decoded(content.prefix(Self.maximumText), hasMistake: &hasMistake))
    }

    private mutating func declaration() -> Token? {
        let rest = bytes[position...]
        if rest.starts(with: "<!--".utf8) {
            position += 4
            skip(past: "-->")
        } else if rest.starts(with: "<![CDATA[".utf8) {
            let start = position + 9
            position = start
            skip(past: "]]>")
            let closed = position >= start + 3 && bytes[..<position].suffix(3).elementsEqual("]]>".utf8)
            return .text(Array(bytes[start..<(closed ? position - 3 : position)].prefix(Self.maximumText)))
        } else {
            skipDeclaration()
            return .doctype
        }
        return nil
    }

    /// Skips a declaration with its quoted texts and, in brackets, the declarations inside.
    private mutating func skipDeclaration() {
        var depth = 0
        var quote: UInt8?
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if let open = quote {
                if byte == open { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
            case UInt8(ascii: "<"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ">"):
                depth -= 1
                if depth <= 0 { return }
            default: continue
            }
        }
    }

    private mutating func endTag() -> Token {
        let name = bytes[(position + 2)...].prefix { $0 != UInt8(ascii: ">") }
        isCut = name.endIndex == bytes.count
        position = min(name.endIndex + 1, bytes.count)
        return .end(name: Self.name(Self.trimmed(name)))
    }

    private mutating func startTag() -> Token {
        let start = position + 1
        let name = bytes[start...].prefix { !Self.isSpace($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") }
        var end = name.endIndex
        var quote: UInt8?
        while end < bytes.count, quote != nil || bytes[end] != UInt8(ascii: ">") {
            if let open = quote {
                if bytes[end] == open { quote = nil }
            } else if bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "'") {
                quote = bytes[end]
            }
            end += 1
        }
        let isEmpty = end > name.endIndex && bytes[end - 1] == UInt8(ascii: "/")
        attributeRange = name.endIndex..<(isEmpty ? end - 1 : end)
        isCut = end == bytes.count
        position = min(end + 1, bytes.count)
        prefix =
            name.firstIndex(of: UInt8(ascii: ":")).map { colon in
                String(decoding: name[..<colon].prefix(Self.maximumName), as: UTF8.self)
            } ?? ""
        return .start(name: Self.name(name), isEmpty: isEmpty)
    }

    private mutating func skip(past mark: StaticString) {
        let length = mark.utf8CodeUnitCount
        while position + length <= bytes.count {
            var matched = 0
            while matched < length, bytes[position + matched] == mark.utf8Start[matched] { matched += 1 }
            if matched == length {
                position += length
                return
            }
            position += 1
        }
        position = bytes.count
    }
}

extension XMLScanner {
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text.drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return text
    }

    private static func localName(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
    }

    private static func name(_ name: ArraySlice<UInt8>) -> String {
        String(decoding: localName(name).prefix(maximumName), as: UTF8.self)
    }

    /// Replaces references to the predefined entities and to characters; others stay as written.
    private static func decoded(_ text: ArraySlice<UInt8>, hasMistake: inout Bool) -> [UInt8] {
        guard text.contains(UInt8(ascii: "&")) else { return Array(text) }
        var output: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "&") else {
                output.append(byte)
                continue
            }
            guard let end = rest.prefix(10).firstIndex(of: UInt8(ascii: ";")), let scalar = entity(rest[..<end]) else {
                hasMistake = true
                output.append(byte)
                continue
            }
            output.append(contentsOf: String(scalar).utf8)
            rest = rest[(end + 1)...]
        }
        return output
    }

    private static func entity(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
        switch String(decoding: name, as: UTF8.self) {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case let text where text.hasPrefix("#x"):
            return UInt32(text.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        case let text where text.hasPrefix("#"): return UInt32(text.dropFirst()).flatMap(Unicode.Scalar.init)
        default: return nil
        }
    }
}
