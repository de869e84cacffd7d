import Glibc

/// Looks for a declared encoding in the first bytes of a page, without building a tree.
///
/// A browser that meets a later declaration while parsing starts over with it ("changing the encoding while parsing"): a
/// second, longer look comes to the same.
///
/// Source: HTML standard, section 13.2.3.2, "prescan a byte stream to determine its encoding".
struct EncodingPrescan {
    /// Bytes that are looked at first.
    static let length = 1_024
    /// Bytes that are looked at when the first ones declare nothing.
    static let lateLength = 65_536

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// The page ended, or the looked-at part of it, before something that was begun.
    private struct OutOfBytes: Error {}

    static func encoding(_ page: [UInt8]) -> CharacterEncoding? { page.withUnsafeBufferPointer(encoding) }

    private static func encoding(_ page: UnsafeBufferPointer<UInt8>) -> CharacterEncoding? {
        var scan = EncodingPrescan(bytes: UnsafeBufferPointer(rebasing: page.prefix(length)))
        if let encoding = (try? scan.metaEncoding()) ?? scan.xmlEncoding() { return encoding }
        guard page.count > length, let end = endOfLastCharset(in: page.prefix(lateLength)) else { return nil }
        var late = EncodingPrescan(bytes: UnsafeBufferPointer(rebasing: page.prefix(end)))
        return try? late.metaEncoding()
    }

    /// Where it is enough to stop looking: behind the tag in which the last "charset" stands; nil when there is none, as on most pages
    /// that leave it to the header.
    private static func endOfLastCharset(in page: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: page))
        let length = word.utf8CodeUnitCount
        func isWord(at start: Int) -> Bool {
            (0..<length).allSatisfy { bytes[start + $0] | 0x20 == word.utf8Start[$0] }
        }
        func end(at start: Int) -> Int { min(bytes.count, start + length + longestTagEnd) }
        // From the end, eight places at a time: where both the word's first and its last letter stand is looked at closely.
        let (lowerCase, ones) = (UInt64(0x2020_2020_2020_2020), UInt64(0x0101_0101_0101_0101))
        let (first, last) = (ones &* UInt64(UInt8(ascii: "c")), ones &* UInt64(UInt8(ascii: "t")))
        var start = bytes.count - length + 1
        while start >= 8 {
            start -= 8
            let beginnings = (bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self) | lowerCase) ^ first
            let ends = (bytes.loadUnaligned(fromByteOffset: start + length - 1, as: UInt64.self) | lowerCase) ^ last
            let misses = beginnings | ends
            // Has a byte of zeros: a place where neither letter is missed.
            guard (misses &- ones) & ~misses & (ones << 7) != 0 else { continue }
            if let place = (start..<start + 8).last(where: isWord) { return end(at: place) }
        }
        return (0..<max(0, start)).last(where: isWord).map(end)
    }

    private static let word: StaticString = "charset"
    /// Bytes behind "charset" within which its tag ends.
    private static let longestTagEnd = 1_024

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private func byte() throws(OutOfBytes) -> UInt8 {
        guard position < bytes.count else { throw OutOfBytes() }
        return bytes[position]
    }

    /// Goes on to the next byte of this value.
    private mutating func pass(to byte: UInt8) throws(OutOfBytes) {
        guard position < bytes.count, let start = bytes.baseAddress,
            let found = memchr(start + position, Int32(byte), bytes.count - position)
        else {
            position = bytes.count
            throw OutOfBytes()
        }
        position = UnsafeRawPointer(found) - UnsafeRawPointer(start)
    }

    private func isAt(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            position + text.count <= bytes.count
                && text.indices.allSatisfy { bytes[position + $0].asciiLowercased == text[$0] }
        }
    }

    private mutating func metaEncoding() throws(OutOfBytes) -> CharacterEncoding {
        while true {
            try pass(to: UInt8(ascii: "<"))
            let next = position + 1 < bytes.count ? bytes[position + 1] : 0
            if next == UInt8(ascii: "!"), isAt("<!--") {
                try skipComment()
            } else if next | 0x20 == UInt8(ascii: "m"), isAt("<meta"), position + 5 < bytes.count,
                Self.endsTagName(bytes[position + 5])
            {
                position += 5
                if let encoding = try meta() { return encoding }
            } else if isAtTag(next) {
                while !Self.endsName(try byte()) { position += 1 }
                try skipAttributes()
            } else if next == UInt8(ascii: "!") || next == UInt8(ascii: "/") || next == UInt8(ascii: "?") {
                try pass(to: UInt8(ascii: ">"))
            }
            position += 1
        }
    }

    private static func endsTagName(_ byte: UInt8) -> Bool { byte.isASCIIWhitespace || byte == UInt8(ascii: "/") }
    private static func endsName(_ byte: UInt8) -> Bool { byte.isASCIIWhitespace || byte == UInt8(ascii: ">") }

    /// Passes to the `>` of a comment; `<!-->` is one.
    private mutating func skipComment() throws(OutOfBytes) {
        let start = position + 2
        position += 4
        while true {
            try pass(to: UInt8(ascii: ">"))
            let (last, before) = (bytes[position - 1], bytes[position - 2])
            if position - 2 >= start, last == UInt8(ascii: "-"), before == UInt8(ascii: "-") { return }
            position += 1
        }
    }

    /// Whether a tag of a name begins here; its second byte is known.
    private func isAtTag(_ next: UInt8) -> Bool {
        let name = next == UInt8(ascii: "/") ? position + 2 : position + 1
        return name < bytes.count && bytes[name].isASCIILetter
    }

    /// What a `meta` element declares; nil when it declares nothing known.
    private mutating func meta() throws(OutOfBytes) -> CharacterEncoding? {
        var seen: Set<[UInt8]> = []
        var hasPragma = false
        var needsPragma: Bool?
        var label: String?
        while let attribute = try attribute() {
            let name = lowercased(attribute.name)
            guard seen.insert(name).inserted else { continue }
            let value = String(decoding: lowercased(attribute.value), as: UTF8.self)
            switch String(decoding: name, as: UTF8.self) {
            case "http-equiv": hasPragma = hasPragma || value == "content-type"
            case "content":
                guard label == nil, let found = Self.charset(inContent: lowercased(attribute.value)) else { continue }
                (label, needsPragma) = (found, true)
            case "charset": (label, needsPragma) = (value, false)
            default: continue
            }
        }
        guard let needsPragma, !needsPragma || hasPragma, let label else { return nil }
        return Self.declared(CharacterEncoding(label: label))
    }

    /// A declaration that can be read byte by byte cannot be in UTF-16.
    private static func declared(_ encoding: CharacterEncoding?) -> CharacterEncoding? {
        switch encoding {
        case .utf16BE, .utf16LE: .utf8
        case .userDefined: .windows1252
        default: encoding
        }
    }
}

// MARK: Attributes

extension EncodingPrescan {
    /// Where an attribute's name and value stand.
    private typealias Attribute = (name: Range<Int>, value: Range<Int>)

    /// The attribute here; nil at the end of the tag.
    private mutating func attribute() throws(OutOfBytes) -> Attribute? {
        while Self.endsTagName(try byte()) { position += 1 }
        if try byte() == UInt8(ascii: ">") { return nil }
        let start = position
        while true {
            let next = try byte()
            let name = start..<position
            if next == UInt8(ascii: "="), !name.isEmpty { return (name, try attributeValue()) }
            if next == UInt8(ascii: "/") || next == UInt8(ascii: ">") { return (name, 0..<0) }
            if next.isASCIIWhitespace {
                while try byte().isASCIIWhitespace { position += 1 }
                return (name, try byte() == UInt8(ascii: "=") ? try attributeValue() : 0..<0)
            }
            position += 1
        }
    }

    /// Passes to the `>` that ends the tag, as reading its attributes would.
    private mutating func skipAttributes() throws(OutOfBytes) {
        let (bytes, end) = (bytes, bytes.count)
        var place = position
        tag: while true {
            while place < end, Self.endsTagName(bytes[place]) { place += 1 }
            let start = place
            while place < end {
                let next = bytes[place]
                if next == UInt8(ascii: ">") {
                    position = place
                    return
                }
                if next == UInt8(ascii: "/") { continue tag }
                let isBlank = next.isASCIIWhitespace
                if isBlank {
                    while place < end, bytes[place].isASCIIWhitespace { place += 1 }
                }
                if place < end, bytes[place] == UInt8(ascii: "="), place > start {
                    position = place
                    _ = try attributeValue()
                    place = position
                    continue tag
                }
                if isBlank { continue tag }
                place += 1
            }
            throw OutOfBytes()
        }
    }

    /// The value after the `=` that is here.
    private mutating func attributeValue() throws(OutOfBytes) -> Range<Int> {
        position += 1
        while try byte().isASCIIWhitespace { position += 1 }
        let quote = try byte()
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            let start = position
            while !Self.endsName(try byte()) { position += 1 }
            return start..<position
        }
        position += 1
        let start = position
        try pass(to: quote)
        position += 1
        return start..<(position - 1)
    }

    private func lowercased(_ range: Range<Int>) -> [UInt8] { bytes[range].map(\.asciiLowercased) }

    /// Source: HTML standard, section 2.5.4, "extracting a character encoding from a meta element".
    private static func charset(inContent content: [UInt8]) -> String? {
        var rest = content[...]
        while let end = endOfCharset(in: rest) {
            rest = rest[end...].drop(while: \.isASCIIWhitespace)
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst().drop(while: \.isASCIIWhitespace)
            guard let quote = rest.first else { return nil }
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                guard let end = rest.dropFirst().firstIndex(of: quote) else { return nil }
                return String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
            }
            let label = rest.prefix { !$0.isASCIIWhitespace && $0 != UInt8(ascii: ";") }
            return String(decoding: label, as: UTF8.self)
        }
        return nil
    }

    /// Where the first "charset" ends. A page's descriptions are looked through for it, so it is a plain loop.
    private static func endOfCharset(in content: ArraySlice<UInt8>) -> Int? {
        var start = content.startIndex
        while start + word.utf8CodeUnitCount <= content.endIndex {
            if content[start] == word.utf8Start.pointee,
                (1..<word.utf8CodeUnitCount).allSatisfy({ content[start + $0] == word.utf8Start[$0] })
            {
                return start + word.utf8CodeUnitCount
            }
            start += 1
        }
        return nil
    }
}

// MARK: XML declaration

extension EncodingPrescan {
    /// The `encoding` of an XML declaration at the very start.
    ///
    /// Source: HTML standard, section 13.2.3.2, "get an XML encoding".
    private func xmlEncoding() -> CharacterEncoding? {
        guard bytes.starts(with: Array("<?xml".utf8)), let end = bytes.firstIndex(of: UInt8(ascii: ">")),
            let name = bytes[..<end].firstRange(of: Array("encoding".utf8))
        else { return nil }
        var rest = bytes[name.upperBound..<end].drop { $0 <= 0x20 }
        guard rest.first == UInt8(ascii: "=") else { return nil }
        rest = rest.dropFirst().drop { $0 <= 0x20 }
        guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        let label = rest.dropFirst().prefix { $0 != quote && $0 > 0x20 }
        return Self.declared(CharacterEncoding(label: String(decoding: label, as: UTF8.self)))
    }
}
