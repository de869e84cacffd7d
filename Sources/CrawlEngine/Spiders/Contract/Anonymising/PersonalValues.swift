import WebStandards

/// Takes out what JSON tells of people beside their names: numbers and texts in objects such as `{"user": {"id": 9, "name": …}}`.
///
/// The JSON of scripts and attributes is edited in place; what is no JSON is left as it is.
struct PersonalValues {
    private let bytes: [UInt8]
    private let end: Int
    private let quote: [UInt8]
    private var position: Int
    private var edits: [(range: Range<Int>, text: String)] = []

    private static let deepest = 64

    private init(_ bytes: [UInt8], _ range: Range<Int>, quote: String) {
        self.bytes = bytes
        (position, end) = (range.lowerBound, range.upperBound)
        self.quote = Array(quote.utf8)
    }

    /// The page without them.
    static func removing(from bytes: [UInt8], isJSON: Bool) -> [UInt8] {
        var edits = ByteEdits()
        func look(in range: Range<Int>, quote: String = "\"") {
            var values = PersonalValues(bytes, range, quote: quote)
            // Half a document is none: what was understood of a program may be anything.
            guard values.value(isPerson: false, depth: 0) != nil, values.isAtEnd() else { return }
            for edit in values.edits { edits.replace(edit.range, with: edit.text) }
        }
        guard !isJSON else {
            look(in: bytes.indices)
            return edits.applied(to: bytes)
        }
        for token in MarkupScanner.tokens(of: bytes) {
            if token.kind == .raw, token.name == "script" { look(in: token.range) }
            for attribute in token.attributes where attribute.value.count > 8 {
                guard [0x7B, 0x5B].contains(bytes[attribute.value.lowerBound]) else { continue }
                let text = String(decoding: bytes[attribute.value], as: UTF8.self)
                look(in: attribute.value, quote: text.contains("&quot;") ? "&quot;" : "\"")
            }
        }
        return edits.applied(to: bytes)
    }

    private mutating func skipSpace() {
        while position < end, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    private mutating func isAtEnd() -> Bool {
        skipSpace()
        return position == end
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < end, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private var isAtQuote: Bool { position + quote.count <= end && bytes[position...].starts(with: quote) }

    /// The inside of a text; nil where none stands.
    private mutating func string() -> Range<Int>? {
        skipSpace()
        guard isAtQuote else { return nil }
        position += quote.count
        let start = position
        while position < end {
            if bytes[position] == 0x5C {
                position += 2
            } else if isAtQuote {
                defer { position += quote.count }
                return start..<position
            } else {
                position += 1
            }
        }
        return nil
    }

    private enum Value { case text(Range<Int>), number(Range<Int>), other }

    /// Reads a value; nil where it is none.
    private mutating func value(isPerson: Bool, depth: Int) -> Value? {
        guard depth < Self.deepest else { return nil }
        skipSpace()
        guard position < end else { return nil }
        if take(0x7B) { return object(isPerson: isPerson, depth: depth) ? .other : nil }
        if take(0x5B) {
            if take(0x5D) { return .other }
            repeat {
                guard value(isPerson: isPerson, depth: depth + 1) != nil else { return nil }
            } while take(0x2C)
            return take(0x5D) ? .other : nil
        }
        if isAtQuote { return string().map(Value.text) }
        let start = position
        while position < end, ![0x2C, 0x5D, 0x7D, 0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
        guard position > start else { return nil }
        return bytes[start] == 0x2D || (0x30...0x39).contains(bytes[start]) ? .number(start..<position) : .other
    }

    private mutating func object(isPerson: Bool, depth: Int) -> Bool {
        if take(0x7D) { return true }
        var members: [(key: String, value: Value)] = []
        var isUser = isPerson
        repeat {
            guard let range = string(), take(0x3A) else { return false }
            let key = String(decoding: bytes[range], as: UTF8.self).lowercased()
            let isAbout = PeopleFinder.peopleKeys.contains(key) || isUser && key == "attributes"
            guard let value = value(isPerson: isAbout, depth: depth + 1) else { return false }
            if key == "type", case .text(let text) = value, bytes[text].elementsEqual("users".utf8) { isUser = true }
            members.append((key, value))
        } while take(0x2C)
        if isUser { members.forEach { remove($0.value, of: $0.key) } }
        return take(0x7D)
    }

    private mutating func remove(_ value: Value, of key: String) {
        switch value {
        case .text(let range):
            // The name gets another one, and pictures an address, later; what says what an object is stays.
            let isKept =
                PersonAddress.names.contains(key) || Self.kept.contains(key) || key.hasPrefix("@") && key != "@id"
            let text = String(decoding: bytes[range], as: UTF8.self).lowercased()
            let isPicture = ["avatar", "userimages", "user_images"].contains { text.contains($0) }
            if !isKept, !range.isEmpty, !isPicture { edits.append((range, SecretRemover.removed)) }
        case .number(let range):
            if key == "id" || key.hasSuffix("_id") || key.hasSuffix("id") { edits.append((range, "1")) }
        case .other: break
        }
    }

    private static let kept: Set<String> = ["type", "kind", "__typename"]
}
