import Glibc

// Comments, processing instructions, document types.
extension HTMLParser {
    @inline(__always)
    var isComment: Bool {
        byte == UInt8(ascii: "<") && page[position + 1] == UInt8(ascii: "!") && page[position + 2] == UInt8(ascii: "-")
            && page[position + 3] == UInt8(ascii: "-")
    }

    @inline(__always)
    var isInstruction: Bool { byte == UInt8(ascii: "<") && page[position + 1] == UInt8(ascii: "?") }

    @inline(__always)
    var isDocumentType: Bool {
        byte == UInt8(ascii: "<") && page[position + 1] == UInt8(ascii: "!") && isWord("doctype", at: position + 2)
    }

    @inline(__always)
    private func isWord(_ word: StaticString, at position: Int) -> Bool {
        for index in 0..<word.utf8CodeUnitCount where page[position + index] | 0x20 != word.utf8Start[index] {
            return false
        }
        return true
    }

    /// The place of the next `>`; nil when there is none.
    private func nextTagEnd(from start: Int) -> Int? {
        guard start < count, let found = memchr(page + start, Int32(UInt8(ascii: ">")), count - start) else {
            return nil
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(page)
    }

    // MARK: Comments

    /// Reads a comment, which ends with `-->` or `--!>`; one that does not end is the rest of the page and no node.
    mutating func parseComment() {
        let start = position + 4
        var from = start
        while let end = nextTagEnd(from: from) {
            if let last = commentEnd(start, end) {
                addLeaf(.comment, NameTable.none, from: start, to: last)
                position = end + 1
                return
            }
            from = end + 1
        }
        position = count
    }

    /// Where the text of a comment ends whose last byte is the `>` at `end`; nil when it is not its last.
    private func commentEnd(_ start: Int, _ end: Int) -> Int? {
        let dash = UInt8(ascii: "-")
        if end - 2 >= start, page[end - 1] == dash, page[end - 2] == dash { return end - 2 }
        guard end - 3 >= start, page[end - 1] == UInt8(ascii: "!"), page[end - 2] == dash, page[end - 3] == dash else {
            return nil
        }
        return end - 3
    }

    /// Adds a part of the page as a comment or instruction, without the characters that XML does not allow.
    private mutating func addLeaf(_ kind: FlatNode.Kind, _ name: NameTable.ID, from start: Int, to end: Int) {
        charge(1)
        guard !isStopped else { return }
        var content = ByteSpan(start: UInt32(start), count: UInt32(end - start))
        if (start..<end).contains(where: { invalidLength(at: $0) > 0 }) {
            let made = builder.madeEnd
            var next = start
            while next < end {
                let length = invalidLength(at: next)
                if length == 0 { builder.make(page[next]) }
                next += max(1, length)
            }
            content = builder.made(since: made)
        }
        builder.addLeaf(kind, name, content, at: start)
    }

    // MARK: Instructions

    /// Reads a processing instruction, which in HTML ends with the first `>`.
    mutating func parseInstruction() {
        let start = position + 2
        guard let name = exactName(at: start) else {
            position = start
            return
        }
        position = start + name.count
        let target = builder.names.intern(String(decoding: name, as: UTF8.self))
        if byte != UInt8(ascii: ">") { skipBlanks() }
        guard let end = nextTagEnd(from: position) else {
            position = count
            return
        }
        addLeaf(.instruction, target, from: position, to: end)
        position = end + 1
    }

    /// A name of XML that is followed by something; nil when there is none. One that is not ASCII is left to libxml2.
    private mutating func exactName(at start: Int) -> UnsafeBufferPointer<UInt8>? {
        var end = start
        while Self.isExactName(page[end], isFirst: end == start) { end += 1 }
        if page[end] >= 0x80 { isOdd = true }
        guard end > start, end < count else { return nil }
        return UnsafeBufferPointer(start: page + start, count: end - start)
    }

    private static func isExactName(_ byte: UInt8, isFirst: Bool) -> Bool {
        if byte.isASCIILetter || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") { return true }
        return !isFirst && (byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "."))
    }

    // MARK: Document types

    /// Reads a document type, of which only is kept that there was one.
    mutating func parseDocumentType() {
        hasDocumentType = true
        position += 9
        skipBlanks()
        if let name = exactName(at: position) { position += name.count }
        skipBlanks()
        if isWord("system", at: position) {
            position += 6
            skipBlanks()
            skipLiteral()
        } else if isWord("public", at: position) {
            position += 6
            skipBlanks()
            skipLiteral()
            skipBlanks()
            skipLiteral()
        }
        position = min(position, count)
        position = nextTagEnd(from: position).map { $0 + 1 } ?? count
    }

    /// Passes over a text in quotes, if there is one.
    private mutating func skipLiteral() {
        let quote = byte
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return }
        position += 1
        while position < count, byte != quote { position += 1 }
        if byte == quote { position += 1 }
    }
}
