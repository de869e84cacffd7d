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

    let bytes: UnsafeBufferPointer<UInt8>
    /// In the late look the place behind which no tag is begun; there, too, the content of scripts and the like is no mark-up.
    private let lateEnd: Int?
    var position = 0

    /// The page ended, or the looked-at part of it, before something that was begun.
    struct OutOfBytes: Error {}

    static func encoding(_ page: [UInt8]) -> CharacterEncoding? { page.withUnsafeBufferPointer(encoding) }

    private static func encoding(_ page: UnsafeBufferPointer<UInt8>) -> CharacterEncoding? {
        var scan = EncodingPrescan(bytes: UnsafeBufferPointer(rebasing: page.prefix(length)))
        if let encoding = (try? scan.metaEncoding()) ?? scan.xmlEncoding() { return encoding }
        guard page.count > length, let end = lastCharset(in: page.prefix(lateLength)) else { return nil }
        var late = EncodingPrescan(bytes: page, lateEnd: end)
        return try? late.metaEncoding()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, lateEnd: Int? = nil) {
        (self.bytes, self.lateEnd) = (bytes, lateEnd)
    }

    func byte() throws(OutOfBytes) -> UInt8 {
        guard position < bytes.count else { throw OutOfBytes() }
        return bytes[position]
    }

    /// Goes on to the next byte of this value.
    mutating func pass(to byte: UInt8) throws(OutOfBytes) {
        guard position < bytes.count, let start = bytes.baseAddress,
            let found = memchr(start + position, Int32(byte), bytes.count - position)
        else {
            position = bytes.count
            throw OutOfBytes()
        }
        position = UnsafeRawPointer(found) - UnsafeRawPointer(start)
    }

    func isAt(_ text: StaticString, from start: Int? = nil) -> Bool {
        let start = start ?? position
        return text.withUTF8Buffer { text in
            start + text.count <= bytes.count
                && text.indices.allSatisfy { bytes[start + $0].asciiLowercased == text[$0] }
        }
    }

    private mutating func metaEncoding() throws(OutOfBytes) -> CharacterEncoding {
        while true {
            try pass(to: UInt8(ascii: "<"))
            if let lateEnd, position > lateEnd { throw OutOfBytes() }
            let next = position + 1 < bytes.count ? bytes[position + 1] : 0
            if next == UInt8(ascii: "!"), isAt("<!--") {
                try skipComment()
            } else if next | 0x20 == UInt8(ascii: "m"), isAt("<meta"), position + 5 < bytes.count,
                Self.endsTagName(bytes[position + 5])
            {
                position += 5
                if let encoding = try meta() { return encoding }
            } else if isAtTag(next) {
                let text = lateEnd == nil ? nil : textElement()
                while !Self.endsName(try byte()) { position += 1 }
                try skipAttributes()
                if let text { try skipText(of: text) }
            } else if next == UInt8(ascii: "!") || next == UInt8(ascii: "/") || next == UInt8(ascii: "?") {
                try pass(to: UInt8(ascii: ">"))
            }
            position += 1
        }
    }

    static func endsTagName(_ byte: UInt8) -> Bool { byte.isASCIIWhitespace || byte == UInt8(ascii: "/") }
    static func endsName(_ byte: UInt8) -> Bool { byte.isASCIIWhitespace || byte == UInt8(ascii: ">") }

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
    static func declared(_ encoding: CharacterEncoding?) -> CharacterEncoding? {
        switch encoding {
        case .utf16BE, .utf16LE: .utf8
        case .userDefined: .windows1252
        default: encoding
        }
    }
}
