/// Builds text in which each run of white space is one space or the line breaks it stands for.
///
/// White space is that of HTML and the no-break space, which pages use for layout; the ideographic space of Japanese titles
/// stays.
struct CollapsedText {
    private var bytes: [UInt8] = []
    private var breaks = 0
    private var hasSpace = false

    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// A text that is one piece, on one line. Most stand so in the page already, and are not written anew.
    static func line(of text: UnsafeBufferPointer<UInt8>) -> String {
        if isLine(text) { return String(decoding: text, as: UTF8.self) }
        var collapsed = CollapsedText()
        collapsed.add(text)
        return collapsed.string
    }

    /// Whether a text surely has no white space but single spaces between other characters.
    private static func isLine(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var isAfterSpace = true
        for byte in text {
            if byte == UInt8(ascii: " ") {
                if isAfterSpace { return false }
                isAfterSpace = true
            } else {
                // 0xC2 is how the no-break space begins, and some others.
                if byte.isASCIIWhitespace || byte == 0xC2 { return false }
                isAfterSpace = false
            }
        }
        return !isAfterSpace || text.isEmpty
    }

    mutating func add(_ text: UnsafeBufferPointer<UInt8>, keepingLines: Bool = false) {
        // Most texts are one piece, and hardly shorter without their white space.
        if bytes.isEmpty { bytes.reserveCapacity(text.count) }
        var next = 0
        while next < text.count {
            let byte = text[next]
            if keepingLines, byte == UInt8(ascii: "\n") {
                addLineBreak()
            } else if byte.isASCIIWhitespace {
                hasSpace = true
            } else if byte == 0xC2, next + 1 < text.count, text[next + 1] == 0xA0 {
                hasSpace = true
                next += 1
            } else {
                separate()
                bytes.append(byte)
            }
            next += 1
        }
    }

    mutating func addSpace() { hasSpace = true }

    /// Adds a line break; more than two in a row leave one empty line.
    mutating func addLineBreak() { breaks = min(2, breaks + 1) }

    /// Sees to it that there are at least so many line breaks here.
    mutating func requireLineBreaks(_ count: Int) { breaks = max(breaks, count) }

    /// Writes what separates the next character from the ones before; nothing at the start.
    private mutating func separate() {
        if !bytes.isEmpty {
            if breaks > 0 {
                bytes.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: breaks))
            } else if hasSpace {
                bytes.append(UInt8(ascii: " "))
            }
        }
        (breaks, hasSpace) = (0, false)
    }
}
