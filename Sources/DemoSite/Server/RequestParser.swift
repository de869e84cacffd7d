/// Reads a request's head out of bytes; strict where laxness would be dangerous.
///
/// Source: RFC 9112, sections 2 to 6.
enum RequestParser {
    /// Why a head is refused: the status to answer with.
    struct Refusal: Error { let status: Int }

    static let maximumHeadBytes = 16_384
    static let maximumTargetBytes = 8192
    static let maximumBodyBytes = 65_536

    /// The number of bytes up to and with the empty line, nil when it has not come yet.
    static func headLength(_ bytes: [UInt8]) throws(Refusal) -> Int? {
        var lineStart = 0
        for (index, byte) in bytes.enumerated() where byte == 0x0A {
            let length = index - lineStart
            if lineStart > 0, length == 0 || (length == 1 && bytes[lineStart] == 0x0D) { return index + 1 }
            lineStart = index + 1
        }
        if bytes.count > maximumHeadBytes { throw Refusal(status: 431) }
        return nil
    }

    static func parse(_ head: ArraySlice<UInt8>) throws(Refusal) -> Request {
        guard head.count <= maximumHeadBytes else { throw Refusal(status: 431) }
        let lines = head.split(separator: 0x0A).map { $0.last == 0x0D ? $0.dropLast() : $0 }.filter { !$0.isEmpty }
        guard let first = lines.first else { throw Refusal(status: 400) }
        let parts = first.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(isTokenByte) else { throw Refusal(status: 400) }
        guard parts[1].count <= maximumTargetBytes else { throw Refusal(status: 414) }
        let version = text(parts[2])
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
            throw Refusal(status: version.hasPrefix("HTTP/") ? 505 : 400)
        }
        let fields = try fields(lines.dropFirst())
        return try request(method: text(parts[0]), target: text(parts[1]), isModern: version == "HTTP/1.1", fields)
    }

    private static func request(
        method: String, target: String, isModern: Bool, _ fields: [(name: String, value: String)]
    ) throws(Refusal) -> Request {
        func value(_ name: String) -> String? { fields.last { $0.name == name }?.value }
        let (authority, path, query) = RequestTarget.split(target)
        guard path.hasPrefix("/"), !target.utf8.contains(where: { $0 < 0x21 || $0 == 0x7F }) else {
            throw Refusal(status: 400)
        }
        guard let host = authority ?? value("host") ?? (isModern ? nil : ""), host.utf8.allSatisfy(isHostByte),
            fields.count(where: { $0.name == "host" }) <= 1
        else { throw Refusal(status: 400) }
        guard value("transfer-encoding") == nil else { throw Refusal(status: 411) }
        guard let length = Int(value("content-length") ?? "0"), length >= 0 else { throw Refusal(status: 400) }
        guard length <= maximumBodyBytes else { throw Refusal(status: 413) }
        let connection = value("connection")?.lowercased() ?? ""
        return Request(
            method: method, target: target, path: path, rawQuery: query, host: host,
            userAgent: value("user-agent") ?? "", ifNoneMatch: value("if-none-match"), cookie: value("cookie"),
            isPersistent: isModern ? !connection.contains("close") : connection.contains("keep-alive"),
            bodyLength: length)
    }

    private static func fields(_ lines: ArraySlice<ArraySlice<UInt8>>) throws(Refusal) -> [(
        name: String, value: String
    )] {
        guard lines.count <= 100 else { throw Refusal(status: 431) }
        var fields: [(name: String, value: String)] = []
        for line in lines {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy(isTokenByte)
            else { throw Refusal(status: 400) }
            let value = line[(colon + 1)...].trimmingBlanks()
            guard !value.contains(where: { $0 < 0x20 && $0 != 0x09 }) else { throw Refusal(status: 400) }
            fields.append((text(line[..<colon]).lowercased(), text(value)))
        }
        return fields
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x3A, 0x41...0x5B, 0x5D, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func trimmingBlanks() -> ArraySlice<UInt8> {
        var slice = self
        while let first = slice.first, first == 0x20 || first == 0x09 { slice = slice.dropFirst() }
        while let last = slice.last, last == 0x20 || last == 0x09 { slice = slice.dropLast() }
        return slice
    }
}
