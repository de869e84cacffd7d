/// A body in chunks (RFC 9112, section 7.1).
public enum ChunkedBody {
    /// The body without its chunks; nil when it is not made of chunks. Of one that is cut off, what is there.
    public static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var rest = bytes
        var body: [UInt8] = []
        var isFirst = true
        while true {
            guard let end = rest.prefix(4096).firstIndex(of: 0x0A), let size = size(of: rest[..<end]) else {
                return isFirst ? nil : body
            }
            isFirst = false
            rest = rest[(end + 1)...]
            guard size > 0 else { return body }
            body += rest.prefix(size)
            guard rest.count > size else { return body }
            rest = rest.dropFirst(size)
            if rest.first == 0x0D { rest.removeFirst() }
            if rest.first == 0x0A { rest.removeFirst() }
        }
    }

    private static func size(of line: ArraySlice<UInt8>) -> Int? {
        let digits = line.prefix { Hexadecimal.value($0) != nil }
        let after = line.dropFirst(digits.count).first
        guard !digits.isEmpty, digits.count <= 8,
            after == nil || after == 0x0D || after == 0x20 || after == UInt8(ascii: ";")
        else { return nil }
        return digits.reduce(0) { $0 << 4 | Int(Hexadecimal.value($1) ?? 0) }
    }
}
