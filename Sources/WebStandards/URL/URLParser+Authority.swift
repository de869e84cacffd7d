extension URLParser {
    /// Parses credentials, host and port from `start` on, and the path behind them.
    mutating func parseAuthority(at start: Int) -> Bool {
        var end = start
        while end < mainEnd, !isSlash(end) { end += 1 }
        output.append(contentsOf: "//".utf8)
        layout.hasAuthority = true
        layout.usernameEnd = output.count
        layout.hostStart = output.count
        var hostStart = start
        if let at = input[start..<end].lastIndex(of: UInt8(ascii: "@")) {
            guard at + 1 < end else { return false }
            appendCredentials(start, at)
            hostStart = at + 1
        }
        guard appendHostAndPort(hostStart, end) else { return false }
        layout.authorityEnd = output.count
        layout.pathStart = output.count
        parsePath(at: end)
        return true
    }

    private mutating func parsePath(at end: Int) {
        position = end
        if isSlash(position) {
            position += 1
        } else if !layout.kind.isSpecial {
            return
        }
        parseSegments()
    }

    private mutating func appendCredentials(_ start: Int, _ at: Int) {
        let colon = input[start..<at].firstIndex(of: UInt8(ascii: ":"))
        output.append(encoding: bytes(start, colon ?? at), with: .userinfo)
        layout.usernameEnd = output.count
        if let colon, colon + 1 < at {
            output.append(UInt8(ascii: ":"))
            output.append(encoding: bytes(colon + 1, at), with: .userinfo)
        }
        if output.count > layout.hostStart { output.append(UInt8(ascii: "@")) }
        layout.hostStart = output.count
    }

    private mutating func appendHostAndPort(_ start: Int, _ end: Int) -> Bool {
        let colon = portColon(start, end)
        let hostEnd = colon ?? end
        if hostEnd == start {
            guard colon == nil, !layout.kind.isSpecial else { return false }
        } else if !appendHost(start, hostEnd) {
            return false
        }
        layout.hostEnd = output.count
        guard let colon else { return true }
        return appendPort(colon + 1, end)
    }

    /// The colon in front of the port: the first one outside of brackets.
    private func portColon(_ start: Int, _ end: Int) -> Int? {
        var isInBrackets = false
        for index in start..<end {
            switch input[index] {
            case UInt8(ascii: "["): isInBrackets = true
            case UInt8(ascii: "]"): isInBrackets = false
            case UInt8(ascii: ":") where !isInBrackets: return index
            default: continue
            }
        }
        return nil
    }

    private mutating func appendPort(_ start: Int, _ end: Int) -> Bool {
        var port = 0
        for index in start..<end {
            guard input[index].isASCIIDigit else { return false }
            port = port * 10 + Int(input[index] - UInt8(ascii: "0"))
            guard port <= 0xFFFF else { return false }
        }
        guard start < end, UInt16(port) != layout.kind.defaultPort else { return true }
        layout.port = UInt16(port)
        output.append(UInt8(ascii: ":"))
        output.append(contentsOf: String(port).utf8)
        return true
    }
}
