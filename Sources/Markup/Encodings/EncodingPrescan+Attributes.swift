/// Attributes as the prescan reads them.
///
/// Source: HTML standard, section 13.2.3.2, "get an attribute".
extension EncodingPrescan {
    /// Where an attribute's name and value stand.
    typealias Attribute = (name: Range<Int>, value: Range<Int>)

    /// The attribute here; nil at the end of the tag.
    mutating func attribute() throws(OutOfBytes) -> Attribute? {
        while Self.endsTagName(try byte()) { position += 1 }
        if try byte() == UInt8(ascii: ">") { return nil }
        let start = position
        while true {
            let next = try byte()
            let name = start..<position
            if next == UInt8(ascii: "="), !name.isEmpty { return (name, try attributeValue()) }
            if next == UInt8(ascii: "/") || next == UInt8(ascii: ">") { return (name, 0..<0) }
            if next.isASCIIWhitespace {
                while try byte().isASCIIWhitespace { position += 1 }
                return (name, try byte() == UInt8(ascii: "=") ? try attributeValue() : 0..<0)
            }
            position += 1
        }
    }

    /// Passes to the `>` that ends the tag, as reading its attributes would.
    mutating func skipAttributes() throws(OutOfBytes) {
        let (bytes, end) = (bytes, bytes.count)
        var place = position
        tag: while true {
            while place < end, Self.endsTagName(bytes[place]) { place += 1 }
            let start = place
            while place < end {
                let next = bytes[place]
                if next == UInt8(ascii: ">") {
                    position = place
                    return
                }
                if next == UInt8(ascii: "/") { continue tag }
                let isBlank = next.isASCIIWhitespace
                if isBlank {
                    while place < end, bytes[place].isASCIIWhitespace { place += 1 }
                }
                if place < end, bytes[place] == UInt8(ascii: "="), place > start {
                    position = place
                    _ = try attributeValue()
                    place = position
                    continue tag
                }
                if isBlank { continue tag }
                place += 1
            }
            throw OutOfBytes()
        }
    }

    /// The value after the `=` that is here.
    private mutating func attributeValue() throws(OutOfBytes) -> Range<Int> {
        position += 1
        while try byte().isASCIIWhitespace { position += 1 }
        let quote = try byte()
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            let start = position
            while !Self.endsName(try byte()) { position += 1 }
            return start..<position
        }
        position += 1
        let start = position
        try pass(to: quote)
        position += 1
        return start..<(position - 1)
    }

    func lowercased(_ range: Range<Int>) -> [UInt8] { bytes[range].map(\.asciiLowercased) }
}
