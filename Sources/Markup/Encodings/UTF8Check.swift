/// Looks whether bytes are UTF-8 without copying them.
enum UTF8Check {
    static func isValid(_ bytes: [UInt8]) -> Bool { (try? UTF8Span(validating: bytes.span)) != nil }

    /// Whether the bytes are UTF-8 with at least one character beyond ASCII; the last character may be cut off.
    static func isMultibyteUTF8(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return false }
        if isValid(bytes) { return true }
        // A cut character leaves a lead byte among the last three.
        for cut in 1...3 where bytes.count - cut > first && bytes[bytes.count - cut] >= 0xC2 {
            return isValid(Array(bytes.dropLast(cut)))
        }
        return false
    }
}
