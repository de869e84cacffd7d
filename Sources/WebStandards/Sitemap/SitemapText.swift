/// The encodings that sitemaps come in.
enum SitemapText {
    /// The document in UTF-8, without a byte order mark.
    static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes) { UInt16($0) | UInt16($1) << 8 } }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes) { UInt16($0) << 8 | UInt16($1) } }
        return declaresLatin1(bytes) ? bytes.flatMap { Array(String(Unicode.Scalar($0)).utf8) } : bytes
    }

    private static func utf16(_ bytes: [UInt8], _ unit: (UInt8, UInt8) -> UInt16) -> [UInt8] {
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private static func declaresLatin1(_ bytes: [UInt8]) -> Bool {
        let declaration = bytes.prefix(200).prefix { $0 != UInt8(ascii: ">") }
        guard declaration.starts(with: "<?xml".utf8) else { return false }
        let text = String(decoding: declaration, as: UTF8.self).lowercased()
        return text.contains("iso-8859-1") || text.contains("windows-1252")
    }
}
