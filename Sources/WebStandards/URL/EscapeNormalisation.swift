/// Bringing percent-escapes into their one normal form.
enum EscapeNormalisation {
    /// Appends `text` with escapes of unreserved characters decoded, all others in upper case, and the bytes of `set` escaped.
    ///
    /// Source: RFC 3986, section 6.2.2.
    static func append(
        _ text: some BidirectionalCollection<UInt8>, escaping set: PercentEncodeSet, to output: inout [UInt8]
    ) {
        let done: Void? = text.withContiguousStorageIfAvailable { append($0, escaping: set, to: &output) }
        if done == nil { Array(text).withUnsafeBufferPointer { append($0, escaping: set, to: &output) } }
    }

    private static func append(
        _ text: UnsafeBufferPointer<UInt8>, escaping set: PercentEncodeSet, to output: inout [UInt8]
    ) {
        let percent = UInt8(ascii: "%")
        var rest = text[...]
        while let place = rest.firstIndex(where: { $0 == percent || set.contains($0) }) {
            output.append(contentsOf: UnsafeBufferPointer(rebasing: rest[..<place]))
            rest = rest[(place + 1)...]
            if text[place] != percent {
                output.append(escaped: text[place])
            } else if let decoded = popEscape(&rest) {
                if PercentEncodeSet.reserved.contains(decoded) || completesEscape(decoded, behind: output) {
                    output.append(escaped: decoded)
                } else {
                    output.append(decoded)
                }
            } else {
                output.append(percent)
            }
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: rest))
    }

    /// Whether a decoded byte would make an escape that nobody wrote, behind a `%` that stands for itself: `%%356` must not become
    /// `%56`, which would be decoded once more the next time.
    static func completesEscape(_ byte: UInt8, behind output: [UInt8]) -> Bool {
        guard Hexadecimal.value(byte) != nil, let last = output.last else { return false }
        // Escapes are appended whole, so a percent sign this near the end starts none.
        return last == UInt8(ascii: "%")
            || (output.count >= 2 && output[output.count - 2] == UInt8(ascii: "%") && Hexadecimal.value(last) != nil)
    }

    /// The byte that two hexadecimal digits in front of `rest` stand for; they are removed.
    static func popEscape<Bytes: BidirectionalCollection<UInt8>>(_ rest: inout Bytes) -> UInt8?
    where Bytes.SubSequence == Bytes {
        guard let first = rest.first, let high = Hexadecimal.value(first),
            let second = rest.dropFirst().first, let low = Hexadecimal.value(second)
        else { return nil }
        rest.removeFirst(2)
        return high << 4 | low
    }
}
