extension CharacterEncoding {
    /// Decodes bytes without byte order mark; UTF-8 that is valid already is handed on as it is.
    func decode(_ bytes: [UInt8]) -> (bytes: [UInt8], hadErrors: Bool) {
        switch self {
        case .utf8: Self.repairUTF8(bytes)
        case .utf16BE: Self.decodeUTF16(bytes, highByteFirst: true)
        case .utf16LE: Self.decodeUTF16(bytes, highByteFirst: false)
        case .replacement: bytes.isEmpty ? ([], false) : (Array("\u{FFFD}".utf8), true)
        case .gbk, .gb18030, .big5, .eucJP, .iso2022JP, .shiftJIS, .eucKR:
            MultibyteDecoder(encoding: self).decode(bytes)
        default: SingleByteTable.of(self).decode(bytes)
        }
    }

    private static func repairUTF8(_ bytes: [UInt8]) -> (bytes: [UInt8], hadErrors: Bool) {
        if UTF8Check.isValid(bytes) { return (bytes, false) }
        return (Array(String(decoding: bytes, as: UTF8.self).utf8), true)
    }

    private static func decodeUTF16(_ bytes: [UInt8], highByteFirst: Bool) -> (bytes: [UInt8], hadErrors: Bool) {
        let units = (0..<bytes.count / 2).map { index in
            let (first, second) = (UInt16(bytes[2 * index]), UInt16(bytes[2 * index + 1]))
            return highByteFirst ? first << 8 | second : second << 8 | first
        }
        var hadErrors = false
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        hadErrors = transcode(
            units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: false, into: { decoded.append($0) })
        if bytes.count % 2 == 1 {
            decoded += "\u{FFFD}".utf8
            hadErrors = true
        }
        return (decoded, hadErrors)
    }
}
