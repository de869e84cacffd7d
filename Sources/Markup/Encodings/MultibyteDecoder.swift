/// Decodes the encodings of China, Japan and Korea by the C library, and replaces what is malformed as the standard does.
struct MultibyteDecoder {
    let encoding: CharacterEncoding

    /// The C library's name for what the standard calls so; these are the supersets that pages really use.
    private var systemName: String {
        switch encoding {
        case .big5: "BIG5-HKSCS"
        case .eucJP: "EUC-JP-MS"
        case .eucKR: "UHC"
        case .iso2022JP: "ISO-2022-JP"
        case .shiftJIS: "CP932"
        default: "GB18030"
        }
    }

    func decode(_ bytes: [UInt8]) -> (bytes: [UInt8], hadErrors: Bool) {
        guard let converter = CharacterConverter(from: systemName) else { return asciiOnly(bytes) }
        var position = 0
        var hadErrors = false
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        while position < bytes.count {
            switch converter.convert(bytes, from: &position, to: &output) {
            case .end, .full: continue
            case .incomplete:
                output += "\u{FFFD}".utf8
                return (output, true)
            case .malformed:
                hadErrors = replace(in: bytes, at: &position, output: &output) || hadErrors
            }
        }
        return (output, hadErrors)
    }

    /// Passes what is malformed here; false when the standard knows it after all.
    private func replace(in bytes: [UInt8], at position: inout Int, output: inout [UInt8]) -> Bool {
        let lead = bytes[position]
        if lead == 0x80, let known = lone80 {
            output += known.utf8
            position += 1
            return false
        }
        output += "\u{FFFD}".utf8
        // A trail byte that is ASCII is read again: it may be the `<` of a tag.
        let hasTrail = lead > 0x80 && lead < 0xFF && position + 1 < bytes.count && bytes[position + 1] >= 0x80
        position += hasTrail && encoding != .iso2022JP ? 2 : 1
        return true
    }

    private var lone80: String? {
        switch encoding {
        case .gbk, .gb18030: "\u{20AC}"
        case .shiftJIS: "\u{80}"
        default: nil
        }
    }

    /// For a system without the converter.
    private func asciiOnly(_ bytes: [UInt8]) -> (bytes: [UInt8], hadErrors: Bool) {
        let decoded = bytes.flatMap { $0 < 0x80 ? [$0] : Array("\u{FFFD}".utf8) }
        return (decoded, true)
    }
}
