/// One understood line of a robots.txt.
struct RobotsDirective: Sendable {
    enum Kind: Sendable {
        case userAgent, allow, disallow, sitemap, crawlDelay, requestRate, visitTime, unknown

        /// Whether it belongs to the agents named above it.
        var isRule: Bool { self == .allow || self == .disallow }
        var isExtension: Bool { self == .crawlDelay || self == .requestRate || self == .visitTime }
    }

    let kind: Kind
    /// Where its value is in the file, without the white space around it.
    let value: Range<Int>
    /// Counted from 1.
    let line: Int
}

/// Splits a robots.txt into directives.
struct RobotsScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var directives: [RobotsDirective] = []
    private var line = 0

    /// The length at which Google's parser cuts a line: eight times the longest URL of a once popular browser, less one.
    private static let maximumLineLength = 2083 * 8 - 1

    static func directives(in bytes: [UInt8]) -> [RobotsDirective] {
        bytes.withUnsafeBufferPointer { buffer in
            var scanner = RobotsScanner(bytes: buffer)
            scanner.run()
            return scanner.directives
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        directives.reserveCapacity(bytes.count / 32)
    }

    private mutating func run() {
        var start = markLength
        var colon: Int?
        var comment: Int?
        for index in start..<bytes.count {
            switch bytes[index] {
            case UInt8(ascii: ":"):
                if colon == nil { colon = index }
            case UInt8(ascii: "#"):
                if comment == nil { comment = index }
            case 0x0A, 0x0D:
                let isSecondHalf = bytes[index] == 0x0A && index == start && index > 0 && bytes[index - 1] == 0x0D
                if !isSecondHalf { scan(start, comment ?? index, colon) }
                (start, colon, comment) = (index + 1, nil, nil)
            default: continue
            }
        }
        scan(start, comment ?? bytes.count, colon)
    }

    /// The length of the byte order mark in front; a mark that was cut off counts too.
    private var markLength: Int {
        var length = 0
        for byte in [0xEF, 0xBB, 0xBF] as [UInt8] {
            guard length < bytes.count, bytes[length] == byte else { break }
            length += 1
        }
        return length
    }

    /// Reads the line from `start` up to its comment, with the first colon of the whole line.
    private mutating func scan(_ start: Int, _ textEnd: Int, _ colon: Int?) {
        line += 1
        let end = min(textEnd, start + Self.maximumLineLength)
        guard start < end else { return }
        let text = trimmed(start..<end)
        guard let (key, value) = split(text, colon), !key.isEmpty else { return }
        directives.append(RobotsDirective(kind: kind(of: key), value: value, line: line))
    }

    /// Splits at the first colon, or at white space if that leaves exactly two words.
    private func split(_ text: Range<Int>, _ colon: Int?) -> (key: Range<Int>, value: Range<Int>)? {
        if let colon, text.contains(colon) {
            return (trimmed(text.lowerBound..<colon), trimmed(colon + 1..<text.upperBound))
        }
        guard let gap = bytes[text].firstIndex(where: Self.isBlank) else { return nil }
        let value = trimmed(gap..<text.upperBound)
        guard !bytes[value].contains(where: Self.isBlank) else { return nil }
        return (text.lowerBound..<gap, value)
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, Self.isSpace(bytes[start]) { start += 1 }
        while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    private func kind(of key: Range<Int>) -> RobotsDirective.Kind {
        switch bytes[key.lowerBound].lowercasedASCII {
        case UInt8(ascii: "u") where isUserAgent(key): .userAgent
        case UInt8(ascii: "a") where startsWith("allow", at: key): .allow
        case UInt8(ascii: "d") where isDisallow(key): .disallow
        case UInt8(ascii: "s") where startsWith("sitemap", at: key) || startsWith("site-map", at: key): .sitemap
        case UInt8(ascii: "c") where startsWith("crawl-delay", at: key) || startsWith("crawldelay", at: key):
            .crawlDelay
        case UInt8(ascii: "r") where startsWith("request-rate", at: key): .requestRate
        case UInt8(ascii: "v") where startsWith("visit-time", at: key): .visitTime
        default: .unknown
        }
    }

    private func isUserAgent(_ key: Range<Int>) -> Bool {
        startsWith("user-agent", at: key) || startsWith("useragent", at: key) || startsWith("user agent", at: key)
    }

    /// With the misspellings that Google's parser accepts.
    private func isDisallow(_ key: Range<Int>) -> Bool {
        startsWith("disallow", at: key) || startsWith("dissallow", at: key) || startsWith("dissalow", at: key)
            || startsWith("disalow", at: key) || startsWith("diasllow", at: key) || startsWith("disallaw", at: key)
    }

    private func startsWith(_ name: StaticString, at key: Range<Int>) -> Bool {
        let length = name.utf8CodeUnitCount
        guard key.count >= length else { return false }
        for offset in 0..<length where bytes[key.lowerBound + offset].lowercasedASCII != name.utf8Start[offset] {
            return false
        }
        return true
    }
}
