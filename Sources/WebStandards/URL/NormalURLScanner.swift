/// Recognises HTTP URLs that are written in normal form already, as nearly all links are, so that they need not be written anew.
///
/// It only says yes when the full parser would give the same text; whatever is unusual is left to that parser.
struct NormalURLScanner {
    private let input: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// The layout of `input`, or nil when it needs parsing.
    static func layout(of input: UnsafeBufferPointer<UInt8>) -> URLLayout? {
        var scanner = NormalURLScanner(input: input)
        return scanner.scan()
    }

    private init(input: UnsafeBufferPointer<UInt8>) {
        self.input = input
    }

    private mutating func scan() -> URLLayout? {
        guard input.count < 1 << 20, var layout = scanScheme(), scanHost() else { return nil }
        layout.hostEnd = position
        layout.authorityEnd = position
        layout.pathStart = position
        guard scanPath() else { return nil }
        if position < input.count, input[position] == UInt8(ascii: "?") {
            layout.queryStart = position
            guard scan(.specialQuery, until: UInt8(ascii: "#")) else { return nil }
        }
        if position < input.count {
            layout.fragmentStart = position
            guard scan(.fragment, until: nil) else { return nil }
        }
        return layout
    }

    private mutating func scanScheme() -> URLLayout? {
        guard input.count > 8, input[0] == UInt8(ascii: "h"), input[1] == UInt8(ascii: "t"),
            input[2] == UInt8(ascii: "t"),
            input[3] == UInt8(ascii: "p")
        else { return nil }
        let isSecure = input[4] == UInt8(ascii: "s")
        let end = isSecure ? 5 : 4
        guard input[end] == UInt8(ascii: ":"), input[end + 1] == UInt8(ascii: "/"), input[end + 2] == UInt8(ascii: "/")
        else { return nil }
        position = end + 3
        var layout = URLLayout()
        layout.kind = isSecure ? .https : .http
        layout.schemeEnd = end
        layout.hasAuthority = true
        layout.usernameEnd = position
        layout.hostStart = position
        return layout
    }

    /// Scans a domain of lower-case letters, digits, hyphens and underscores whose last label starts with a letter.
    private mutating func scanHost() -> Bool {
        var labelStart = position
        while position < input.count {
            let byte = input[position]
            if byte == UInt8(ascii: "/") { break }
            if byte == UInt8(ascii: ".") {
                labelStart = position + 1
            } else if !(byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")), !byte.isASCIIDigit,
                byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_")
            {
                return false
            }
            position += 1
        }
        return position < input.count && labelStart < position && input[labelStart].isASCIILetter
    }

    /// Scans a path without segments that start with a dot or an escape.
    private mutating func scanPath() -> Bool {
        let set = PercentEncodeSet.path
        while position < input.count {
            let byte = input[position]
            if set.contains(byte) { return byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") }
            if byte == UInt8(ascii: "\\") { return false }
            if byte == UInt8(ascii: "/"), position + 1 < input.count {
                let next = input[position + 1]
                if next == UInt8(ascii: ".") || next == UInt8(ascii: "%") { return false }
            }
            position += 1
        }
        return true
    }

    /// Scans the byte at `position` and all behind it up to `end` or the end of the input.
    private mutating func scan(_ set: PercentEncodeSet, until end: UInt8?) -> Bool {
        position += 1
        while position < input.count {
            let byte = input[position]
            if set.contains(byte) { return byte == end }
            position += 1
        }
        return true
    }
}
