import Glibc

// Text, references, and the content of scripts and style sheets.
extension HTMLParser {
    /// Reads text up to the next tag or reference.
    mutating func parseText() {
        if isOutsideBody, needsParagraph() { addParagraph() }
        let start = position
        var isSuspect = false
        while true {
            // Most texts are plain.
            let plain = ByteBlock(page, position).endOfPlainText
            position += plain
            if plain == ByteBlock.count { continue }
            let kind = textBytes[Int(page[position])]
            if kind == 0 {
                position += 1
            } else if kind == 1 {
                isSuspect = true
                position += 1
            } else {
                break
            }
        }
        guard builder.depth > 0 else { return }
        if isSuspect { addText(from: start, to: position) } else { addPiece(start, position, .text) }
    }

    /// Of each byte what it means in text: 0 itself, 1 perhaps a character that XML does not allow, 2 the end.
    static let textBytes = FrozenArray(
        (0...255).map { (byte: UInt8) -> UInt8 in
            if byte == 0 || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") { return 2 }
            return byte < 0x20 && !byte.isXMLBlank || byte == 0xEF ? 1 : 0
        })

    /// Whether text outside the body is more than white space between two tags.
    ///
    /// libxml2 hands on text by the thousand bytes and looks at each portion alone; 1,000 blanks are a paragraph too.
    private mutating func needsParagraph() -> Bool {
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
            if textBytes[Int(page[next])] == 1 {
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

    /// Reads what stands in a script or style sheet, up to the end tag of that name.
    mutating func parseRawText() {
        let name = Array(builder.names.string(top).utf8)
        let start = position
        repeat {
            position = nextTagStart(from: position)
            if page[position + 1] == UInt8(ascii: "/"), isName(name, at: position + 2) { break }
            position += 1
        } while position < count
        position = min(position, count)
        charge(1)
        addText(from: start, to: position, kind: .rawText)
    }

    /// The place of the next `<`, or the end of the page.
    private func nextTagStart(from start: Int) -> Int {
        guard let found = memchr(page + start, Int32(UInt8(ascii: "<")), count - start) else { return count }
        return UnsafeRawPointer(found) - UnsafeRawPointer(page)
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
    mutating func reference(at start: Int) -> (scalar: Unicode.Scalar?, end: Int)? {
        if page[start + 1] == UInt8(ascii: "#") { return numericReference(at: start) }
        var end = start + 1
        while Self.isEntityName(page[end]), end - start <= 9 { end += 1 }
        guard page[end] == UInt8(ascii: ";") else { return nil }
        let name = UnsafeBufferPointer(start: page + start + 1, count: end - start - 1)
        return HTMLEntities.scalar(name).map { ($0, end + 1) }
    }

    private static func isEntityName(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte.isASCIIDigit }

    private mutating func numericReference(at start: Int) -> (scalar: Unicode.Scalar?, end: Int) {
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
