/// A strict reader of the part of XML that exports of lists use: elements, text, CDATA, comments, the five entities and numbers.
///
/// A document type is refused, and with it every entity of its own: there is nothing to expand and nothing to fetch. Attributes are
/// passed over. Source: XML 1.0, fifth edition.
struct XMLReader {
    enum Event: Equatable {
        case start(String)
        case end(String)
        case text(String)
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var open: [String] = []
    private var emptyElement: String?
    private var hasRoot = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// What comes next; nil at the end of the document.
    mutating func next() throws(ImportError) -> Event? {
        if let name = emptyElement {
            emptyElement = nil
            return close(name)
        }
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else {
                let text = try text()
                if !open.isEmpty { return .text(text) }
                guard text.allSatisfy(\.isWhitespace) else {
                    throw wrong("text outside of elements; expected XML, in UTF-8")
                }
                continue
            }
            if starts("<?") {
                try skip(past: "?>")
            } else if starts("<!--") {
                try skip(past: "-->")
            } else if starts("<![CDATA[") {
                position += 9
                let start = position
                try skip(past: "]]>")
                return .text(String(decoding: bytes[start..<(position - 3)], as: UTF8.self))
            } else if starts("<!") {
                throw wrong("a document type, which is refused; expected elements and text only")
            } else {
                return try tag()
            }
        }
        guard open.isEmpty else { throw wrong("the text ends inside <\(open.last ?? "")>") }
        return nil
    }

    private mutating func tag() throws(ImportError) -> Event {
        let isEnd = position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "/")
        position += isEnd ? 2 : 1
        let start = position
        while position < bytes.count, Self.isName(bytes[position]) { position += 1 }
        guard position > start, position - start <= 100 else { throw wrong("no name of an element behind '<'") }
        let name = String(decoding: bytes[start..<position], as: UTF8.self)
        let isEmpty = try endOfTag()
        if isEnd {
            guard open.last == name, !isEmpty else { throw wrong("</\(name)>, expected </\(open.last ?? "")>") }
            return close(name)
        }
        guard !open.isEmpty || !hasRoot else { throw wrong("a second root element") }
        guard open.count < ImportLimits.xmlDepth else {
            throw wrong("more than \(ImportLimits.xmlDepth) elements inside each other")
        }
        hasRoot = true
        open.append(name)
        if isEmpty { emptyElement = name }
        return .start(name)
    }

    private mutating func close(_ name: String) -> Event {
        open.removeLast()
        return .end(name)
    }

    /// Passes over attributes; whether the element is an empty one.
    private mutating func endOfTag() throws(ImportError) -> Bool {
        var quote: UInt8?
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return bytes[position - 2] == UInt8(ascii: "/")
            } else if byte == UInt8(ascii: "<") {
                break
            } else if byte == UInt8(ascii: "\n") {
                line += 1
            }
        }
        throw wrong("a tag that does not end; expected '>'")
    }

    private mutating func text() throws(ImportError) -> String {
        var content: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "&"): content += try entity()
            case UInt8(ascii: "\n"):
                line += 1
                content.append(byte)
            default: content.append(byte)
            }
        }
        return String(decoding: content, as: UTF8.self)
    }

    private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

    private mutating func entity() throws(ImportError) -> String.UTF8View {
        let rest = bytes[position...].prefix(12)
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else {
            throw wrong("'&' without an entity; expected &amp;")
        }
        let name = String(decoding: bytes[position..<end], as: UTF8.self)
        position = end + 1
        if let text = Self.entities[name] { return text.utf8 }
        let digits = name.dropFirst()
        let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard name.hasPrefix("#"), let scalar = number.flatMap(Unicode.Scalar.init) else {
            throw wrong("the entity &\(name); is not known; expected one of &amp; &lt; &gt; &quot; &apos; or a number")
        }
        return String(Character(scalar)).utf8
    }

    private func starts(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        return (0..<count).allSatisfy { bytes[position + $0] == text.utf8Start[$0] }
    }

    private mutating func skip(past end: StaticString) throws(ImportError) {
        while position < bytes.count {
            if starts(end) {
                position += end.utf8CodeUnitCount
                return
            }
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
        throw wrong("the text ends before '\(end)'")
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
            || byte == 0x2D || byte == 0x2E || byte == 0x3A || byte >= 0x80
    }

    private func wrong(_ what: String) -> ImportError { ImportError("line \(line): \(what)") }
}
