import Glibc

/// Writes texts in a page's encoding, as a browser does with the query of a link on that page.
///
/// Source: URL standard, section 1.3, "percent-encode after encoding"; Encoding standard, "encode" with error mode "html".
public struct QueryEncoder: Sendable {
    /// The page's encoding.
    public let encoding: CharacterEncoding
    private let upper: [Unicode.Scalar: UInt8]

    /// Makes an encoder; nil for encodings whose pages have their links written in UTF-8.
    public init?(_ encoding: CharacterEncoding) {
        switch encoding {
        case .utf8, .utf16BE, .utf16LE, .replacement: return nil
        default: self.encoding = encoding
        }
        upper = encoding.systemNameForEncoding == nil ? encoding.upperHalf : [:]
    }

    /// The text with everything outside ASCII as `%XX` of the encoding; what that does not have becomes the escaped `&#number;`.
    ///
    /// ASCII stays as it is: the URL parser escapes what it must.
    public func encode(_ text: some StringProtocol) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 || $0 == 0x0E || $0 == 0x0F || $0 == 0x1B }) else {
            return String(text)
        }
        var output: [UInt8] = []
        var open = encoding.systemNameForEncoding.flatMap { iconv_open($0, "UTF-8") }
        if Int(bitPattern: open) == -1 { open = nil }
        defer { if let open { _ = iconv_close(open) } }
        for scalar in text.unicodeScalars {
            if encoding == .iso2022JP, "\u{E}\u{F}\u{1B}".unicodeScalars.contains(scalar) {
                // What would be read as a shift.
                output += "%26%2365533%3B".utf8
            } else if scalar.isASCII, encoding != .iso2022JP {
                output.append(UInt8(scalar.value))
            } else if let bytes = open.map({ Self.convert(scalar, $0, encoding) }) ?? upper[scalar].map({ [$0] }) {
                for byte in bytes { Self.append(byte, to: &output) }
            } else {
                if let open { Self.append(Self.shiftBack(open), to: &output) }
                output += "%26%23\(scalar.value)%3B".utf8
            }
        }
        if let open { Self.append(Self.shiftBack(open), to: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    private static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        for byte in bytes { append(byte, to: &output) }
    }

    private static func append(_ byte: UInt8, to output: inout [UInt8]) {
        guard byte >= 0x7F || byte <= 0x20 || "\"#'<>".utf8.contains(byte) else { return output.append(byte) }
        let digits = Array("0123456789ABCDEF".utf8)
        output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    private static func convert(
        _ scalar: Unicode.Scalar, _ converter: iconv_t, _ encoding: CharacterEncoding
    ) -> [UInt8]? {
        // The minus sign has no place of its own in these tables, and private characters none at all.
        let isMinus = scalar == "\u{2212}" && [.shiftJIS, .eucJP, .iso2022JP].contains(encoding)
        if (0xE000...0xF8FF).contains(scalar.value) { return nil }
        return run(converter, Array(String(Character(isMinus ? "\u{FF0D}" : scalar)).utf8))
    }

    /// What brings the reader back to ASCII, for encodings with shifts.
    private static func shiftBack(_ converter: iconv_t) -> [UInt8] { run(converter, nil) ?? [] }

    private static func run(_ converter: iconv_t, _ input: [UInt8]?) -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: 32)
        var free = output.count
        var bytes = input ?? []
        var left = bytes.count
        let failed = bytes.withUnsafeMutableBytes { bytes in
            output.withUnsafeMutableBytes { output in
                var source = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                var target = output.baseAddress?.assumingMemoryBound(to: CChar.self)
                if input == nil { return iconv(converter, nil, nil, &target, &free) == -1 }
                return iconv(converter, &source, &left, &target, &free) == -1
            }
        }
        return failed ? nil : Array(output.prefix(output.count - free))
    }
}

extension CharacterEncoding {
    /// The C library's name of an encoding with several bytes to a character; nil for those with one.
    fileprivate var systemNameForEncoding: String? {
        switch self {
        case .big5: "BIG5-HKSCS"
        case .eucJP: "EUC-JP-MS"
        case .eucKR: "UHC"
        case .iso2022JP: "ISO-2022-JP"
        case .shiftJIS: "CP932"
        case .gbk: "GBK"
        case .gb18030: "GB18030"
        default: nil
        }
    }

    /// The characters of the bytes from 0x80 on.
    fileprivate var upperHalf: [Unicode.Scalar: UInt8] {
        (UInt8(0x80)...0xFF).reduce(into: [:]) { table, byte in
            let decoded = CharacterEncoding.decode([byte], contentType: "text/plain; charset=\(name)")
            guard !decoded.hadErrors, let scalar = decoded.text.unicodeScalars.first else { return }
            table[scalar] = byte
        }
    }
}
