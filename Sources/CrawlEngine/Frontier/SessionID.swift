import WebStandards

/// Session ids in URLs: each visit would get addresses of its own for the same pages.
enum SessionID {
    private static let names: Set<String> = [
        "jsessionid", "phpsessid", "sessionid", "session_id", "sessid", "session", "sid", "s",
    ]

    /// The URL without session ids; nil when it has none.
    static func stripped(_ url: WebURL) -> WebURL? {
        // Most URLs have nothing that could be one.
        guard url.href.utf8.contains(where: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "?") }) else { return nil }
        let target = url.requestTarget
        let path = target.prefix { $0 != "?" }
        let cleanPath = path.utf8.contains(UInt8(ascii: ";")) ? withoutPathParameter(path) : path[...]
        let query = url.query.map { query in
            query.split(separator: "&", omittingEmptySubsequences: false).filter { !isSession($0) }.joined(
                separator: "&")
        }
        guard cleanPath != path || query != url.query else { return nil }
        return WebURL("\(url.origin)\(cleanPath)")?.replacingQuery(query?.isEmpty == true ? nil : query)
    }

    /// Whether a segment is a session id of ASP.NET, `(S(lit3py55t21z5v55vlm25s55))`: it cannot be left out, since the site puts it back.
    static func isSegment(_ segment: ArraySlice<UInt8>) -> Bool {
        segment.count > 8 && segment.starts(with: "(S(".utf8) && segment.suffix(2).elementsEqual("))".utf8)
    }

    /// The path with `;jsessionid=…` left out of its segments.
    private static func withoutPathParameter(_ path: Substring) -> Substring {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            let parts = segment.split(separator: ";", omittingEmptySubsequences: false)
            return ([parts[0]] + parts.dropFirst().filter { !isSession($0) }).joined(separator: ";")
        }
        return segments.joined(separator: "/")[...]
    }

    /// Whether `name=value` is a session id: it is called so, and no person would write such a value.
    private static func isSession(_ pair: Substring) -> Bool {
        guard let equals = pair.firstIndex(of: "=") else { return false }
        let name = pair[..<equals].lowercased()
        guard names.contains(name) || name.hasPrefix("aspsessionid") else { return false }
        return isRandom(pair[pair.index(after: equals)...].utf8)
    }

    /// Sixteen or more letters and digits with two digits among them, as `A1B2…`, UUIDs and hash values have.
    private static func isRandom(_ value: Substring.UTF8View) -> Bool {
        guard value.count >= 16 else { return false }
        var digits = 0
        for byte in value {
            switch byte {
            case 0x30...0x39: digits += 1
            case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "!"):
                break
            default: return false
            }
        }
        return digits >= 2
    }
}
