// The longer look: what a browser meets while parsing.
extension EncodingPrescan {
    /// Where the last "charset" stands, behind which no tag need be looked at; nil when there is none, as on most pages that leave it to the
    /// header.
    static func lastCharset(in page: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: page))
        let length = word.utf8CodeUnitCount
        func isWord(at start: Int) -> Bool {
            (0..<length).allSatisfy { bytes[start + $0] | 0x20 == word.utf8Start[$0] }
        }
        // From the end, sixteen places at a time: where both the word's first and its last letter stand is looked at closely.
        let lowerCase = ByteBlock.Bytes(repeating: 0x20)
        let first = ByteBlock.Bytes(repeating: UInt8(ascii: "c"))
        let last = ByteBlock.Bytes(repeating: UInt8(ascii: "t"))
        var start = bytes.count - length + 1
        while start >= ByteBlock.count {
            start -= ByteBlock.count
            let beginnings = bytes.loadUnaligned(fromByteOffset: start, as: ByteBlock.Bytes.self) | lowerCase
            let ends = bytes.loadUnaligned(fromByteOffset: start + length - 1, as: ByteBlock.Bytes.self) | lowerCase
            let hits = unsafeBitCast((beginnings .== first) .& (ends .== last), to: SIMD2<UInt64>.self)
            guard hits[0] | hits[1] != 0 else { continue }
            if let place = (start..<start + ByteBlock.count).last(where: isWord) { return place }
        }
        return (0..<max(0, start)).last(where: isWord)
    }

    /// Elements whose content is text, whatever it looks like; `noscript` for readers who run scripts.
    private static let textElements: [StaticString] = [
        "script", "style", "title", "noscript", "textarea", "iframe", "noembed", "noframes", "xmp",
    ]

    /// The element that begins here, if its content is text.
    func textElement() -> StaticString? {
        Self.textElements.first { isAt("<", $0) }
    }

    /// Passes from the end of a start tag to the end tag of that name.
    ///
    /// Source: HTML standard, sections 13.2.5.2, 13.2.5.3 and, for scripts in comments in scripts, 13.2.5.20 to 13.2.5.31.
    mutating func skipText(of name: StaticString) throws(OutOfBytes) {
        let isScript = name.description == "script"
        var (isComment, isNested, start) = (false, false, position)
        while true {
            try pass(to: UInt8(ascii: "<"))
            if isScript {
                if isComment, hasCommentEnd(start..<position) { (isComment, isNested) = (false, false) }
                start = position
                if isAt("<!--") { isComment = true } else if isComment, isAt("<", name) { isNested = true }
            }
            if isAt("</", name) {
                guard isNested else { break }
                isNested = false
            }
            position += 1
        }
        // The end tag is read as any other.
        position -= 1
    }

    private func hasCommentEnd(_ range: Range<Int>) -> Bool {
        range.contains { place in
            place + 2 < range.upperBound && bytes[place] == UInt8(ascii: "-") && bytes[place + 1] == UInt8(ascii: "-")
                && bytes[place + 2] == UInt8(ascii: ">")
        }
    }

    /// Whether a tag of this name is here.
    private func isAt(_ beginning: StaticString, _ name: StaticString) -> Bool {
        let end = position + beginning.utf8CodeUnitCount + name.utf8CodeUnitCount
        guard end < bytes.count, isAt(beginning),
            bytes[end].isASCIIWhitespace || bytes[end] == UInt8(ascii: "/") || bytes[end] == UInt8(ascii: ">")
        else { return false }
        return isAt(name, from: position + beginning.utf8CodeUnitCount)
    }

    private static let word: StaticString = "charset"
}
