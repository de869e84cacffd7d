extension URLParser {
    /// Appends the segments from `position` on to the path in the output, resolving `.` and `..`.
    mutating func parseSegments() {
        var start = position
        while true {
            var end = start
            while end < mainEnd, !isSlash(end) { end += 1 }
            appendSegment(start, end, isLast: end == mainEnd)
            if end == mainEnd { return }
            start = end + 1
        }
    }

    private mutating func appendSegment(_ start: Int, _ end: Int, isLast: Bool) {
        switch dotCount(start, end) {
        case 2:
            shortenPath()
            if isLast { output.append(UInt8(ascii: "/")) }
        case 1:
            if isLast { output.append(UInt8(ascii: "/")) }
        default:
            let isFirst = output.count == layout.pathStart
            output.append(UInt8(ascii: "/"))
            if layout.kind == .file, isFirst, end - start == 2, isDriveLetter(start) {
                output.append(input[start])
                output.append(UInt8(ascii: ":"))
            } else {
                output.append(encoding: bytes(start, end), with: .path)
            }
        }
    }

    /// 1 or 2 for a segment of so many dots, written plainly or as `%2e`; 0 for any other.
    private func dotCount(_ start: Int, _ end: Int) -> Int {
        guard start < end, end - start <= 6 else { return 0 }
        var index = start
        var dots = 0
        while index < end {
            if input[index] == UInt8(ascii: ".") {
                index += 1
            } else if end - index >= 3, input[index] == UInt8(ascii: "%"), input[index + 1] == UInt8(ascii: "2"),
                input[index + 2] | 0x20 == UInt8(ascii: "e")
            {
                index += 3
            } else {
                return 0
            }
            dots += 1
        }
        return dots <= 2 ? dots : 0
    }

    /// Removes the last segment of the path in the output, but never a file URL's drive letter.
    mutating func shortenPath() {
        let path = output[layout.pathStart...]
        if layout.kind == .file, path.count == 3, Self.startsWithDriveLetter(path) { return }
        guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return }
        output.removeSubrange(slash...)
    }

    /// Whether the two bytes at `index` are a drive letter such as `C:` or `C|`.
    func isDriveLetter(_ index: Int) -> Bool {
        guard let letter = byte(index), letter.isASCIILetter, let mark = byte(index + 1) else { return false }
        return mark == UInt8(ascii: ":") || mark == UInt8(ascii: "|")
    }

    /// Whether the path starts with `/C:`.
    static func startsWithDriveLetter(_ path: some Sequence<UInt8>) -> Bool {
        let head = Array(path.prefix(4))
        guard head.count >= 3, head[1].isASCIILetter, head[2] == UInt8(ascii: ":") else { return false }
        return head.count == 3 || head[3] == UInt8(ascii: "/")
    }
}

extension URLParser {
    /// Parses what follows `file:`, relative to `base` if that is a file URL.
    mutating func parseFile(base: WebURL?) -> Bool {
        layout.kind = .file
        if isSlash(position), isSlash(position + 1) {
            position += 2
            return parseFileHost()
        }
        startFile(host: base)
        if isSlash(position) {
            position += 1
            if let base, !startsWithDrive(position) { copyDrive(of: base) }
        } else if let base {
            if position == mainEnd || !startsWithDrive(position) { copyPath(of: base) }
            if position == mainEnd {
                if !hasQuery { copyQuery(of: base) }
                return true
            }
            if !startsWithDrive(position) { shortenPath() }
        }
        parseSegments()
        return true
    }

    private mutating func parseFileHost() -> Bool {
        var end = position
        while end < mainEnd, !isSlash(end) { end += 1 }
        startFile(host: nil)
        if end - position == 2, isDriveLetter(position) {
            parseSegments()
            return true
        }
        if end > position {
            guard appendHost(position, end) else { return false }
            if output[layout.hostStart...].elementsEqual("localhost".utf8) {
                output.removeSubrange(layout.hostStart...)
            }
        }
        closeAuthority()
        position = isSlash(end) ? end + 1 : end
        parseSegments()
        return true
    }

    private mutating func startFile(host base: WebURL?) {
        output.removeAll(keepingCapacity: true)
        output.append(contentsOf: "file://".utf8)
        layout.schemeEnd = 4
        layout.hasAuthority = true
        layout.usernameEnd = output.count
        layout.hostStart = output.count
        if let base { output.append(contentsOf: base.bytes(base.layout.hostStart, base.layout.hostEnd)) }
        closeAuthority()
    }

    private mutating func closeAuthority() {
        layout.hostEnd = output.count
        layout.authorityEnd = output.count
        layout.pathStart = output.count
    }

    private mutating func copyPath(of base: WebURL) {
        output.append(contentsOf: base.bytes(base.layout.pathStart, base.layout.pathEnd(in: base.count)))
    }

    private mutating func copyDrive(of base: WebURL) {
        let path = base.bytes(base.layout.pathStart, base.layout.pathEnd(in: base.count))
        if Self.startsWithDriveLetter(path) { output.append(contentsOf: path.prefix(3)) }
    }

    /// Whether the rest of the input starts with a drive letter that is a whole segment.
    private func startsWithDrive(_ index: Int) -> Bool {
        guard isDriveLetter(index) else { return false }
        return index + 2 == mainEnd || isSlash(index + 2)
    }
}
