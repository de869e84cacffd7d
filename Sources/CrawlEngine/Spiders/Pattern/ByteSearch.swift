/// Looks for one text in others, letter for letter.
///
/// Looks at the last byte first, and leaps as far as the byte found there allows.
///
/// Source: Horspool, "Practical fast searching in strings", Software: Practice and Experience 10(6), 1980.
struct ByteSearch: Sendable {
    private let wanted: [UInt8]
    /// By the byte found where the last one should be.
    private let leaps: [UInt8]

    init(_ wanted: [UInt8]) {
        self.wanted = wanted
        var leaps = Array(repeating: UInt8(clamping: wanted.count), count: 256)
        for (index, byte) in wanted.dropLast().enumerated() {
            leaps[Int(byte)] = UInt8(clamping: wanted.count - 1 - index)
        }
        self.leaps = leaps
    }

    func isFound(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = wanted.indices.last else { return true }
        return wanted.withUnsafeBufferPointer { wanted in
            leaps.withUnsafeBufferPointer { leaps in
                var end = last
                while end < text.count {
                    let byte = text[end]
                    if byte == wanted[last] {
                        var index = 0
                        while index < last, text[end - last + index] == wanted[index] { index += 1 }
                        if index == last { return true }
                    }
                    end += Int(leaps[Int(byte)])
                }
                return false
            }
        }
    }
}
