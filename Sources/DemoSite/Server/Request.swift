/// One request, its target split and its percent-escapes resolved.
struct Request: Sendable, Hashable {
    var method: String
    /// The target as it was sent.
    var target: String
    /// The path, decoded.
    var path: String
    /// Parameters in order, decoded.
    var query: [(name: String, value: String)] { RequestTarget.parameters(rawQuery) }
    /// What follows the "?", as sent; nil without one.
    var rawQuery: String?
    /// The Host header, or the authority of an absolute target.
    var host: String
    var userAgent: String
    /// The If-None-Match header; nil without one.
    var ifNoneMatch: String?
    /// The Cookie header; nil without one.
    var cookie: String?
    var isPersistent: Bool
    var bodyLength: Int

    /// The Host header without a port, in small letters.
    var hostName: String { host.lowercased().replacing(/:\d*$/, with: "") }

    /// The last value of a parameter.
    func parameter(_ name: String) -> String? { query.last { $0.name == name }?.value }
}

/// Takes a request target apart.
///
/// Source: RFC 9112, section 3.2 (origin and absolute form); RFC 3986, section 2.1.
enum RequestTarget {
    static func split(_ target: String) -> (authority: String?, path: String, query: String?) {
        var rest = Substring(target)
        var authority: String?
        for scheme in ["http://", "https://"] where rest.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
            authority = String(rest[..<end])
            rest = rest[end...]
            break
        }
        rest = rest.prefix { $0 != "#" }
        let path = rest.prefix { $0 != "?" }
        let query = path.endIndex < rest.endIndex ? String(rest[path.endIndex...].dropFirst()) : nil
        return (authority, path.isEmpty ? "/" : decoded(path, plusIsSpace: false), query)
    }

    static func parameters(_ query: String?) -> [(name: String, value: String)] {
        (query ?? "").split(separator: "&").map { pair in
            let name = pair.prefix { $0 != "=" }
            return (decoded(name, plusIsSpace: true), decoded(pair[name.endIndex...].dropFirst(), plusIsSpace: true))
        }
    }

    private static func decoded(_ text: Substring, plusIsSpace: Bool) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let high = rest.first.flatMap(hexValue),
                let low = rest.dropFirst().first.flatMap(hexValue)
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
