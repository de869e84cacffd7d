/// Finds a start tag with more attributes than a parser with quadratic time should see.
///
/// libxml2 compares each attribute of a tag with all before it, so a megabyte of attributes takes hours. The scan reads a
/// tag exactly as libxml2 does. It does not know comments and scripts: it takes every `<` before a letter for the start of a
/// tag, whatever it read before, so that nothing can be hidden from it.
struct AttributeFlood {
    /// How names are made up.
    enum Language { case html, xml }

    let language: Language
    let limit: Int

    /// Where the offending tag starts, or where the scan, which may read parts many times, has used up its steps; nil when
    /// the page is harmless.
    func start(in page: [UInt8]) -> Int? {
        page.withUnsafeBufferPointer { page in
            var steps = 8 * page.count + 1_024
            var position = 0
            while position + 1 < page.count {
                if page[position] == UInt8(ascii: "<"), TagScan.startsName(page[position + 1], language) {
                    var tag = TagScan(page: page, language: language, position: position + 1)
                    while tag.attributes <= limit, tag.advance() {}
                    steps -= tag.position - position
                    if tag.attributes > limit || steps < 0 { return position }
                }
                position += 1
            }
            return nil
        }
    }
}

/// Counts the attributes of one start tag.
private struct TagScan {
    let page: UnsafeBufferPointer<UInt8>
    let language: AttributeFlood.Language
    var position: Int
    private(set) var attributes = 0

    init(page: UnsafeBufferPointer<UInt8>, language: AttributeFlood.Language, position: Int) {
        self.page = page
        self.language = language
        self.position = position
        skipName()
        skipBlanks()
    }

    private var byte: UInt8? { position < page.count ? page[position] : nil }

    /// Passes one attribute, or what libxml2 drops; false at the end of the tag.
    mutating func advance() -> Bool {
        guard let byte, !isAtEnd else { return false }
        if Self.startsName(byte, language) || byte == UInt8(ascii: ".") {
            attributes += 1
            skipName()
            skipBlanks()
            skipValue()
        } else {
            while let next = self.byte, !Self.isBlank(next), !isAtEnd { position += 1 }
        }
        skipBlanks()
        return true
    }

    private var isAtEnd: Bool {
        guard let byte else { return true }
        if byte == UInt8(ascii: ">") { return true }
        return byte == UInt8(ascii: "/") && position + 1 < page.count && page[position + 1] == UInt8(ascii: ">")
    }

    private mutating func skipBlanks() {
        while let byte, Self.isBlank(byte) { position += 1 }
    }

    /// libxml2's HTML parser breaks names into pieces of 100 characters.
    private mutating func skipName() {
        let end = language == .html ? position + 100 : page.count
        while position < end, let byte, Self.continuesName(byte, language) { position += 1 }
    }

    private mutating func skipValue() {
        guard byte == UInt8(ascii: "=") else { return }
        position += 1
        skipBlanks()
        guard let quote = byte else { return }
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            position += 1
            while let byte, byte != quote { position += 1 }
            position = min(position + 1, page.count)
        } else {
            while let byte, !Self.isBlank(byte), byte != UInt8(ascii: ">") { position += 1 }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte.isASCIIWhitespace && byte != 0x0C }

    static func startsName(_ byte: UInt8, _ language: AttributeFlood.Language) -> Bool {
        byte.isASCIILetter || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
            || (language == .xml && byte >= 0x80)
    }

    private static func continuesName(_ byte: UInt8, _ language: AttributeFlood.Language) -> Bool {
        startsName(byte, language) || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
}
