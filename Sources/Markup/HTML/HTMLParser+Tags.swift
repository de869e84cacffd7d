// Start tags with their attributes, end tags.
extension HTMLParser {
    /// Reads a start tag and opens its element, or closes it at once where it has no content.
    mutating func parseElement() {
        parseStartTag()
        guard !isStopped, !isOdd else { return }
        guard !open.isEmpty else {
            if byte == UInt8(ascii: ">") { position += 1 }
            return
        }
        if byte == UInt8(ascii: "/"), page[position + 1] == UInt8(ascii: ">") {
            position += 2
            pop()
        } else if byte == UInt8(ascii: ">") {
            position += 1
            if rules.isEmpty(top) { pop() }
        } else {
            pop()
        }
    }

    private mutating func parseStartTag() {
        let start = position
        let name = names.peek(at: position + 1, in: &builder.names)
        position = name.end
        autoClose(name.id)
        addImplied(name.id)
        guard !isStopped else { return }
        let misplaced = misplacements(of: name.id)
        ignoredTags += misplaced
        if misplaced == 0 { push(name.id, local: name.local, at: start) }
        guard !isStopped else { return }
        parseAttributes(areKept: misplaced == 0)
        if isStopped, misplaced == 0 { dropLastElement() }
    }

    /// How often an html, head or body element stands where it must not; then its tag is passed over.
    private mutating func misplacements(of name: NameTable.ID) -> Int {
        switch HTMLElement(rawValue: name) {
        case .html: open.isEmpty ? 0 : 1
        case .head: open.count == 1 ? 0 : 1
        case .body: open.buffer.reduce(0) { $0 + ($1 == name ? 1 : 0) }
        default: 0
        }
    }

    private mutating func parseAttributes(areKept: Bool) {
        var seen = 0
        skipBlanks()
        while position < count, byte != UInt8(ascii: ">"), !isEmptyTagEnd {
            if NameScanner.starts(byte) {
                seen += 1
                guard seen <= limits.maximumAttributesPerElement else { return stop() }
                parseAttribute(isKept: areKept)
            } else {
                while position < count, !byte.isXMLBlank, byte != UInt8(ascii: ">"), !isEmptyTagEnd { position += 1 }
            }
            skipBlanks()
        }
        if areKept { charge(seen) }
    }

    private var isEmptyTagEnd: Bool { byte == UInt8(ascii: "/") && page[position + 1] == UInt8(ascii: ">") }

    private mutating func parseAttribute(isKept: Bool) {
        let name = names.scan(at: position, in: &builder.names)
        let (start, made) = (position, builder.madeEnd)
        position = name.end
        skipBlanks()
        var value: ByteSpan?
        if byte == UInt8(ascii: "=") {
            position += 1
            skipBlanks()
            value = parseValue()
        }
        guard isKept, !builder.hasAttribute(name.id) else { return builder.takeBackMade(since: made) }
        builder.addAttribute(name.id, value ?? valueOfBoolean(name.id, at: start))
    }

    /// An attribute without value is empty, or, where it is one that means true, its own name.
    private mutating func valueOfBoolean(_ name: NameTable.ID, at offset: Int) -> ByteSpan {
        let text = Self.booleans[name]
        let start = builder.madeEnd
        text?.utf8.forEach { builder.make($0) }
        return text == nil ? ByteSpan(start: UInt32(offset), count: 0) : builder.made(since: start)
    }

    private static let booleans = Dictionary(
        uniqueKeysWithValues: HTMLNames.booleans.compactMap { name in NameTable.html.find(name).map { ($0, name) } })

    /// The value of an attribute, in quotes or not, with its references resolved.
    private mutating func parseValue() -> ByteSpan {
        let quote = byte
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return parseValue(upTo: 0) }
        position += 1
        let value = parseValue(upTo: quote)
        if byte == quote { position += 1 }
        return value
    }

    private mutating func parseValue(upTo quote: UInt8) -> ByteSpan {
        let start = position
        if quote != 0 {
            let pattern = ByteBlock.Bytes(repeating: quote)
            var step = ByteBlock.count
            while step == ByteBlock.count {
                step = ByteBlock(page, position).end(ofValueIn: pattern)
                position += step
            }
        } else {
            while !endsValue(0), byte != UInt8(ascii: "&") { position += 1 }
        }
        if byte != UInt8(ascii: "&") { return ByteSpan(start: UInt32(start), count: UInt32(position - start)) }
        let made = builder.madeEnd
        var piece = start
        // A reference to no character ends the value, as the 0 it stands for ends a text in C.
        var isCut = false
        while !endsValue(quote) {
            guard byte == UInt8(ascii: "&"), let reference = reference(at: position) else {
                position += 1
                continue
            }
            if !isCut {
                builder.make(UnsafeBufferPointer(start: page + piece, count: position - piece))
                if let scalar = reference.scalar { builder.make(scalar) } else { isCut = true }
            }
            position = reference.end
            piece = position
        }
        if !isCut { builder.make(UnsafeBufferPointer(start: page + piece, count: position - piece)) }
        return builder.made(since: made)
    }

    /// Whether the value ends here: at its quote, or without quotes at a blank or the end of the tag.
    @inline(__always)
    private func endsValue(_ quote: UInt8) -> Bool {
        let byte = byte
        return quote != 0
            ? byte == quote || byte == 0 : byte == 0 || byte == UInt8(ascii: ">") || byte.isXMLBlank
    }

    /// Takes back the element whose tag met a limit.
    private mutating func dropLastElement() {
        guard !open.isEmpty else { return }
        open.removeLast()
        builder.dropElement()
    }

    /// Reads an end tag.
    ///
    /// - Returns: Whether it closed an element.
    mutating func parseEndTag() -> Bool {
        position += 2
        guard NameScanner.starts(byte) else { return false }
        let name = names.scan(at: position, in: &builder.names)
        position = name.end
        skipBlanks()
        while position < count, byte != UInt8(ascii: ">") { position += 1 }
        if byte == UInt8(ascii: ">") { position += 1 }
        if ignoredTags > 0, [.html, .head, .body].contains(HTMLElement(rawValue: name.id)) {
            ignoredTags -= 1
            return false
        }
        if top != name.id {
            guard open.buffer.contains(name.id) else { return false }
            autoCloseOnEnd(name.id)
            guard top == name.id else { return false }
        }
        pop()
        return true
    }
}
