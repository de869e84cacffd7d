/// A character encoding of the web.
///
/// The raw value is the encoding's name in lower case. Source: Encoding Standard (WHATWG), section 4.
public enum CharacterEncoding: String, Sendable, Hashable, CaseIterable {
    case utf8 = "utf-8"
    case ibm866 = "ibm866"
    case iso8859_2 = "iso-8859-2"
    case iso8859_3 = "iso-8859-3"
    case iso8859_4 = "iso-8859-4"
    case iso8859_5 = "iso-8859-5"
    case iso8859_6 = "iso-8859-6"
    case iso8859_7 = "iso-8859-7"
    case iso8859_8 = "iso-8859-8"
    case iso8859_8I = "iso-8859-8-i"
    case iso8859_10 = "iso-8859-10"
    case iso8859_13 = "iso-8859-13"
    case iso8859_14 = "iso-8859-14"
    case iso8859_15 = "iso-8859-15"
    case iso8859_16 = "iso-8859-16"
    case koi8R = "koi8-r"
    case koi8U = "koi8-u"
    case macintosh = "macintosh"
    case windows874 = "windows-874"
    case windows1250 = "windows-1250"
    case windows1251 = "windows-1251"
    case windows1252 = "windows-1252"
    case windows1253 = "windows-1253"
    case windows1254 = "windows-1254"
    case windows1255 = "windows-1255"
    case windows1256 = "windows-1256"
    case windows1257 = "windows-1257"
    case windows1258 = "windows-1258"
    case macCyrillic = "x-mac-cyrillic"
    case gbk = "gbk"
    case gb18030 = "gb18030"
    case big5 = "big5"
    case eucJP = "euc-jp"
    case iso2022JP = "iso-2022-jp"
    case shiftJIS = "shift_jis"
    case eucKR = "euc-kr"
    /// Stands for encodings too dangerous to decode: any text becomes one replacement character.
    case replacement = "replacement"
    case utf16BE = "utf-16be"
    case utf16LE = "utf-16le"
    case userDefined = "x-user-defined"

    /// The encoding of the web's name for it, such as `latin1` for windows-1252; nil for names the standard does not have.
    public init?(label: String) {
        let bytes = Array(label.utf8)
        let from = bytes.firstIndex { !$0.isASCIIWhitespace } ?? bytes.endIndex
        let to = bytes.lastIndex { !$0.isASCIIWhitespace }.map { $0 + 1 } ?? from
        guard from < to, to - from <= 32 else { return nil }
        let word = String(decoding: bytes[from..<to].map(\.asciiLowercased), as: UTF8.self)
        guard let encoding = EncodingLabels.encoding(word) else { return nil }
        self = encoding
    }

    /// The name in lower case.
    public var name: String { rawValue }
}

extension CharacterEncoding {
    /// Where the knowledge of a page's encoding comes from, the most trusted first.
    public enum Source: String, Sendable, Hashable {
        /// The byte order mark at its start.
        case byteOrderMark
        /// The `charset` of the `Content-Type` header.
        case header
        /// A `meta` element, or an XML declaration, near its start.
        case declaration
        /// The bytes themselves, as nothing was declared.
        case guess
    }

    /// The encoding of a page.
    ///
    /// A byte order mark counts most, then the header, then what the first 1,024 bytes declare,
    /// then what a `meta` element among the first 65,536 declares. Where nothing is declared a
    /// page that is UTF-8 and not just ASCII is taken as UTF-8, any other as windows-1252: valid UTF-8 that means something
    /// else is next to impossible, and windows-1252 can read any bytes.
    ///
    /// Source: HTML standard, section 13.2.3.2, "Determining the character encoding".
    public static func sniff(_ bytes: [UInt8], contentType: String? = nil) -> (encoding: Self, source: Source) {
        let (encoding, source, _) = look(at: bytes, contentType: contentType)
        return (encoding, source)
    }

    /// The same, and whether the bytes were found to be UTF-8 from the first to the last on the way.
    private static func look(
        at bytes: [UInt8], contentType: String?
    ) -> (encoding: Self, source: Source, isValidUTF8: Bool) {
        if let mark = ByteOrderMark(bytes) { return (mark.encoding, .byteOrderMark, false) }
        if let encoding = contentType.flatMap(HeaderCharset.encoding) { return (encoding, .header, false) }
        if let encoding = EncodingPrescan.encoding(bytes) { return (encoding, .declaration, false) }
        switch UTF8Check.look(at: bytes) {
        case .whole: return (.utf8, .guess, true)
        case .cut: return (.utf8, .guess, false)
        case .ascii, .other: return (.windows1252, .guess, false)
        }
    }

    /// A page's text as UTF-8 that is always valid: what cannot be read becomes U+FFFD.
    public static func decode(_ bytes: [UInt8], contentType: String? = nil) -> DecodedText {
        let (encoding, source, isValidUTF8) = look(at: bytes, contentType: contentType)
        if isValidUTF8 { return DecodedText(bytes: bytes, encoding: encoding, source: source, hadErrors: false) }
        let skipped = ByteOrderMark(bytes).map { $0.encoding == encoding ? $0.length : 0 } ?? 0
        let body = skipped == 0 ? bytes : Array(bytes.dropFirst(skipped))
        let decoded = encoding.decode(body)
        return DecodedText(
            bytes: decoded.bytes, encoding: encoding, source: source, hadErrors: decoded.hadErrors)
    }
}

/// A page's text in UTF-8, and how it was read.
public struct DecodedText: Sendable, Hashable {
    /// Valid UTF-8 without byte order mark.
    public let bytes: [UInt8]
    /// The encoding the page was in.
    public let encoding: CharacterEncoding
    /// Why that encoding.
    public let source: CharacterEncoding.Source
    /// Whether something could not be read and was replaced by U+FFFD.
    public let hadErrors: Bool

    fileprivate init(bytes: [UInt8], encoding: CharacterEncoding, source: CharacterEncoding.Source, hadErrors: Bool) {
        (self.bytes, self.encoding, self.source, self.hadErrors) = (bytes, encoding, source, hadErrors)
    }

    /// The text as a string.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The mark at the start of a page that says how it is encoded.
struct ByteOrderMark {
    let encoding: CharacterEncoding
    let length: Int

    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            (encoding, length) = (.utf8, 3)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            (encoding, length) = (.utf16BE, 2)
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            (encoding, length) = (.utf16LE, 2)
        } else {
            return nil
        }
    }
}
