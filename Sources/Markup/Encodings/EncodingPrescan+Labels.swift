// Where a declaration names the encoding.
extension EncodingPrescan {
    /// Source: HTML standard, section 2.5.4, "extracting a character encoding from a meta element".
    static func charset(inContent content: [UInt8]) -> String? {
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

    /// The `encoding` of an XML declaration at the very start.
    ///
    /// Source: HTML standard, section 13.2.3.2, "get an XML encoding".
    func xmlEncoding() -> CharacterEncoding? {
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

    private static let word: StaticString = "charset"
}
