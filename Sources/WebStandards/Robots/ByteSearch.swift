/// Finding bytes in bytes, in linear time whatever they are.
enum ByteSearch {
    /// Where `needle` first occurs in `haystack`; an empty needle at 0.
    static func first(_ needle: UnsafeBufferPointer<UInt8>, in haystack: UnsafeBufferPointer<UInt8>) -> Int? {
        guard needle.count <= haystack.count else { return nil }
        guard needle.count * haystack.count > naiveWork else { return naive(needle, haystack) }
        return knuthMorrisPratt(needle, haystack)
    }

    /// Up to this many comparisons the plain search is faster than preparing a table.
    private static let naiveWork = 1 << 14

    private static func naive(
        _ needle: UnsafeBufferPointer<UInt8>, _ haystack: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        guard let first = needle.first else { return 0 }
        for start in 0...(haystack.count - needle.count) where haystack[start] == first {
            var length = 1
            while length < needle.count, haystack[start + length] == needle[length] { length += 1 }
            if length == needle.count { return start }
        }
        return nil
    }

    /// Source: Knuth, Morris & Pratt, "Fast Pattern Matching in Strings", SIAM J. Comput. 1977.
    private static func knuthMorrisPratt(
        _ needle: UnsafeBufferPointer<UInt8>, _ haystack: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        if needle.count == 1 { return haystack.firstIndex(of: needle[0]) }
        var borders = [Int](repeating: 0, count: needle.count)
        var length = 0
        for index in 1..<needle.count {
            while length > 0, needle[index] != needle[length] { length = borders[length - 1] }
            if needle[index] == needle[length] { length += 1 }
            borders[index] = length
        }
        length = 0
        for index in 0..<haystack.count {
            while length > 0, haystack[index] != needle[length] { length = borders[length - 1] }
            if haystack[index] == needle[length] { length += 1 }
            if length == needle.count { return index + 1 - length }
        }
        return nil
    }
}
