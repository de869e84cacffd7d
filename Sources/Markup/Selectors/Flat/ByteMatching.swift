import Glibc

/// Comparisons of texts as bytes of UTF-8.
enum ByteMatching {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    @inline(__always)
    static func isEqual(_ left: Bytes, _ right: Bytes) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count where left[index] != right[index] { return false }
        return true
    }

    /// Whether a text equals one that is in lower case already, letters A to Z of the first ignoring case.
    static func isEqualIgnoringCase(_ text: Bytes, _ lowercased: Bytes) -> Bool {
        text.count == lowercased.count && hasPrefixIgnoringCase(text, lowercased)
    }

    static func hasPrefix(_ text: Bytes, _ prefix: Bytes) -> Bool {
        text.count >= prefix.count && isEqual(Bytes(rebasing: text[..<prefix.count]), prefix)
    }

    static func hasPrefixIgnoringCase(_ text: Bytes, _ lowercased: Bytes) -> Bool {
        guard text.count >= lowercased.count else { return false }
        for index in 0..<lowercased.count where text[index].asciiLowercased != lowercased[index] { return false }
        return true
    }

    /// Where a text stands first in another; -1 where it does not.
    ///
    /// Looks at the last byte first and, where the wanted text has none such, goes on behind it, as Horspool's search does;
    /// a byte is known by its lower six bits.
    static func firstIndex(of wanted: Bytes, in text: Bytes, from start: Int = 0) -> Int {
        let last = wanted.count - 1
        guard last >= 0 else { return start <= text.count ? start : -1 }
        var place = start
        let end = text.count - last
        guard place < end, let base = text.baseAddress, let needle = wanted.baseAddress else { return -1 }
        if last == 0 || end - place > 1_024 { return firstIndex(of: needle, count: last + 1, in: base, place..<end) }
        var known: UInt64 = 0
        for index in 0...last { known |= 1 << UInt64(needle[index] & 63) }
        while place < end {
            let byte = base[place + last]
            if byte == needle[last], memcmp(base + place, needle, last) == 0 { return place }
            place += known >> UInt64(byte & 63) & 1 == 0 ? last + 1 : 1
        }
        return -1
    }

    /// The same by the library's search for a byte, which is faster in long texts.
    private static func firstIndex(
        of needle: UnsafePointer<UInt8>, count: Int, in base: UnsafePointer<UInt8>, _ places: Range<Int>
    ) -> Int {
        var place = places.lowerBound
        while place < places.upperBound {
            guard let found = memchr(base + place, Int32(needle[0]), places.upperBound - place) else { return -1 }
            place = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
            if memcmp(found, needle, count) == 0 { return place }
            place += 1
        }
        return -1
    }

    static func containsIgnoringCase(_ text: Bytes, _ lowercased: Bytes) -> Bool {
        guard lowercased.count <= text.count else { return false }
        for start in 0...(text.count - lowercased.count)
        where hasPrefixIgnoringCase(Bytes(rebasing: text[start...]), lowercased) { return true }
        return false
    }

    /// XPath's white space, which has no form feed.
    @inline(__always)
    static func isXPathSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }

    /// Whether one of the words between XPath's white space is this one.
    static func hasWord(_ text: Bytes, _ word: Bytes, ignoringCase: Bool) -> Bool {
        var start = 0
        while true {
            while start < text.count, isXPathSpace(text[start]) { start += 1 }
            guard start < text.count else { return false }
            var end = start + 1
            while end < text.count, !isXPathSpace(text[end]) { end += 1 }
            let found = Bytes(rebasing: text[start..<end])
            if ignoringCase ? isEqualIgnoringCase(found, word) : isEqual(found, word) { return true }
            start = end
        }
    }

    /// Whether a text stands where a word of a `class` attribute starts and ends where one ends.
    @inline(__always)
    static func hasClass(_ text: Bytes, _ word: Bytes) -> Bool {
        var start = 0
        while start + word.count <= text.count, word.count > 0 {
            if text[start].isASCIIWhitespace {
                start += 1
                continue
            }
            var matched = 0
            while matched < word.count, word[matched] == text[start + matched] { matched += 1 }
            let end = start + matched
            if matched == word.count, end == text.count || text[end].isASCIIWhitespace { return true }
            while start < text.count, !text[start].isASCIIWhitespace { start += 1 }
        }
        return false
    }
}
