import WebStandards

/// A URL's path and query cut into segments and parameters. Nothing is decoded: a trap makes its URLs by rule and escapes them all alike.
struct URLShape {
    /// One parameter of a query.
    struct Parameter {
        let name: Range<Int>
        let value: Range<Int>
    }

    private let bytes: [UInt8]
    /// The segments of the path, without empty ones.
    let segments: [Range<Int>]
    let parameters: [Parameter]

    init(_ url: WebURL) {
        bytes = Array(url.requestTarget.utf8)
        let pathEnd = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
        segments = Self.parts(of: bytes, in: 0..<pathEnd, at: UInt8(ascii: "/"))
        guard pathEnd < bytes.count else {
            parameters = []
            return
        }
        parameters = Self.parts(of: bytes, in: pathEnd + 1..<bytes.count, at: UInt8(ascii: "&")).map {
            [bytes] pair in
            let equals = bytes[pair].firstIndex(of: UInt8(ascii: "=")) ?? pair.upperBound
            return Parameter(name: pair.lowerBound..<equals, value: min(equals + 1, pair.upperBound)..<pair.upperBound)
        }
    }

    private static func parts(of bytes: [UInt8], in range: Range<Int>, at separator: UInt8) -> [Range<Int>] {
        var (parts, start): ([Range<Int>], Int) = ([], range.lowerBound)
        for index in range where bytes[index] == separator {
            if index > start { parts.append(start..<index) }
            start = index + 1
        }
        if range.upperBound > start { parts.append(start..<range.upperBound) }
        return parts
    }

    /// A part as text.
    func text(_ part: Range<Int>) -> String { String(decoding: bytes[part], as: UTF8.self) }

    /// A part as bytes.
    func bytes(_ part: Range<Int>) -> ArraySlice<UInt8> { bytes[part] }

    /// Whether two parts are the same.
    func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        left.count == right.count && bytes[left].elementsEqual(bytes[right])
    }

    /// A part that is a whole number without a sign; one that is too long for us to count to is the largest.
    func number(_ part: Range<Int>) -> Int? {
        guard !part.isEmpty, bytes[part].allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        guard part.count <= 18 else { return .max }
        return bytes[part].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
