/// The head of an HTTP answer as it is kept in archives: as it came over the wire.
///
/// Source: RFC 9112, sections 2 to 5.
public struct HTTPHead: Sendable, Hashable {
    /// The longest head that is read.
    public static let maximumBytes = 256 << 10

    /// The three digits of the status line.
    public let status: Int
    /// The fields.
    public let fields: HeaderFields
    /// Where the body begins.
    public let bodyStart: Int

    /// Reads the head of a message; nil when it does not begin with one of an answer.
    public init?(of message: [UInt8]) {
        let limit = min(message.count, Self.maximumBytes)
        guard message.starts(with: "HTTP/".utf8), let end = Self.end(of: message[..<limit]) else { return nil }
        let lines = message[..<end].split(separator: 0x0A, omittingEmptySubsequences: true)
        let parts = lines[0].split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: true)
        guard parts.count >= 2, parts[1].prefix(3).count == 3,
            let status = Int(String(decoding: parts[1].prefix(3), as: UTF8.self)),
            (100...999).contains(status)
        else { return nil }
        self.status = status
        fields = Self.fields(of: lines.dropFirst())
        bodyStart = end
    }

    /// The place behind the first empty line.
    private static func end(of bytes: ArraySlice<UInt8>) -> Int? {
        var place = bytes.startIndex
        while let feed = bytes[place...].firstIndex(of: 0x0A) {
            place = feed + 1
            let rest = bytes[place...].prefix(2)
            if rest.first == 0x0A { return place + 1 }
            if rest.elementsEqual([0x0D, 0x0A]) { return place + 2 }
        }
        return nil
    }

    /// Header lines; one that begins with a space goes on with the value before.
    static func fields(of lines: some Sequence<ArraySlice<UInt8>>) -> HeaderFields {
        var fields: [HeaderField] = []
        for line in lines {
            if let first = line.first, first == 0x20 || first == 0x09, let last = fields.popLast() {
                fields.append(HeaderField(name: last.name, bytes: last.bytes + [0x20] + trimmed(line)))
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                let name = String(decoding: trimmed(line[..<colon]), as: UTF8.self)
                fields.append(HeaderField(name: name, bytes: Array(trimmed(line[(colon + 1)...]))))
            }
        }
        return HeaderFields(fields)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return bytes
    }
}
