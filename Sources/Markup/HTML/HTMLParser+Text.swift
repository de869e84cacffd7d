// Text, references, and the content of scripts and style sheets.
extension HTMLParser {
    /// Reads text up to the next tag or reference.
    mutating func parseText() {
        if isOutsideBody, needsParagraph() { addParagraph() }
        let start = position
        skipText { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
        addText(from: start, to: position)
    }

    /// Moves on to the first byte that ends the text, or to the end of the page.
    @inline(__always)
    private mutating func skipText(_ ends: (UInt8) -> Bool) {
        while true {
            let byte = page[position]
            if ends(byte) || byte == 0 { return }
            position += 1
        }
    }

    /// Whether text outside the body is more than white space between two tags.
    ///
    /// libxml2 hands on text by the thousand bytes and looks at each portion alone; 1,000 blanks are a paragraph too.
    private func needsParagraph() -> Bool {
        var kept = 0
        var next = position
        while true {
            let byte = page[next]
            if byte == 0 || byte == UInt8(ascii: "<") { return false }
            if byte == UInt8(ascii: "&") { return kept > 0 }
            let length = invalidLength(at: next)
            if length == 0 {
                kept += 1
                if !byte.isXMLBlank || kept >= 1_000 { return true }
            }
            next += max(1, length)
        }
    }

    /// Adds a part of the page as text, without the characters that XML does not allow.
    mutating func addText(from start: Int, to end: Int, kind: FlatNode.Kind = .text) {
        guard builder.depth > 0 else { return }
        var piece = start
        var next = start
        while next < end {
            if Self.isSuspect[Int(page[next])] {
                let length = invalidLength(at: next)
                if length > 0 {
                    addPiece(piece, next, kind)
                    piece = next + length
                    next = piece
                    continue
                }
            }
            next += 1
        }
        addPiece(piece, end, kind)
    }

    private mutating func addPiece(_ start: Int, _ end: Int, _ kind: FlatNode.Kind) {
        guard start < end, !isStopped else { return }
        let text = ByteSpan(start: UInt32(start), count: UInt32(end - start))
        if builder.addText(text, kind: kind, page: page) > Self.maximumTextBytes { stop() }
    }

    /// Bytes of the character here if XML does not allow it, else 0: controls, and U+FFFE and U+FFFF.
    @inline(__always)
    func invalidLength(at position: Int) -> Int {
        let byte = page[position]
        if byte < 0x20 { return byte.isXMLBlank ? 0 : 1 }
        return byte == 0xEF && page[position + 1] == 0xBF && page[position + 2] >= 0xBE ? 3 : 0
    }

    /// Bytes that may start a character XML does not allow.
    private static let isSuspect: [Bool] = (0...255).map { (byte: UInt8) in
        byte < 0x20 && !byte.isXMLBlank || byte == 0xEF
    }

    /// Reads what stands in a script or style sheet, up to the end tag of that name.
    mutating func parseRawText() {
        let name = Array(builder.names.string(top).utf8)
        let start = position
        while position < count {
            skipText { $0 == UInt8(ascii: "<") }
            if page[position] == 0 || page[position + 1] == UInt8(ascii: "/") && isName(name, at: position + 2) {
                break
            }
            position += 1
        }
        charge(1)
        addText(from: start, to: position, kind: .rawText)
    }

    private func isName(_ name: [UInt8], at position: Int) -> Bool {
        // The zeros behind the page end the comparison.
        for (index, byte) in name.enumerated() {
            let found = page[position + index]
            if found.asciiLowercased != byte { return false }
        }
        return true
    }

    // MARK: References

    /// Reads a reference as text: its character, or itself where it means none.
    mutating func parseReference() {
        guard let reference = reference(at: position) else {
            addParagraph()
            let start = position
            position += 1
            return addText(from: start, to: position)
        }
        if let scalar = reference.scalar {
            addParagraph()
            if builder.depth > 0 { builder.addCharacter(scalar, at: position, page: page) }
        }
        position = reference.end
    }

    /// The reference that starts here, and its character; nil when the ampersand stands for itself.
    ///
    /// A number that names no character of XML has none.
    func reference(at start: Int) -> (scalar: Unicode.Scalar?, end: Int)? {
        if page[start + 1] == UInt8(ascii: "#") { return numericReference(at: start) }
        var end = start + 1
        while Self.isEntityName(page[end]), end - start <= 9 { end += 1 }
        guard page[end] == UInt8(ascii: ";") else { return nil }
        let name = UnsafeBufferPointer(start: page + start + 1, count: end - start - 1)
        return HTMLEntities.scalar(name).map { ($0, end + 1) }
    }

    private static func isEntityName(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte.isASCIIDigit }

    private func numericReference(at start: Int) -> (scalar: Unicode.Scalar?, end: Int) {
        let isHexadecimal = page[start + 2] | 0x20 == UInt8(ascii: "x")
        var end = start + (isHexadecimal ? 3 : 2)
        var value: UInt32 = 0
        while let digit = Self.digit(page[end], isHexadecimal: isHexadecimal) {
            if value < 0x11_0000 { value = value * (isHexadecimal ? 16 : 10) + digit }
            end += 1
        }
        if page[end] == UInt8(ascii: ";") { end += 1 }
        return (Self.scalar(value), end)
    }

    private static func digit(_ byte: UInt8, isHexadecimal: Bool) -> UInt32? {
        if byte.isASCIIDigit { return UInt32(byte - 0x30) }
        let letter = byte | 0x20
        guard isHexadecimal, (0x61...0x66).contains(letter) else { return nil }
        return UInt32(letter - 0x61) + 10
    }

    private static func scalar(_ value: UInt32) -> Unicode.Scalar? {
        guard value >= 0x20 || value == 9 || value == 10 || value == 13, value != 0xFFFE, value != 0xFFFF else {
            return nil
        }
        return Unicode.Scalar(value)
    }
}
