/// One link of a `Link` header: `<https://example.org/a>; rel=canonical`.
///
/// Source: RFC 8288, section 3 and appendix B.3.
public struct LinkHeader: Sendable, Hashable {
    /// Where it leads, as written.
    public let target: String

    /// What it is to the page, in lower case: `canonical`, `next`.
    public let relations: Set<String>

    /// No more links of a header are read.
    private static let maximumLinks = 100

    /// The links of a header's value, in order; what is malformed ends the list.
    public static func list(_ value: String) -> [LinkHeader] {
        var links: [LinkHeader] = []
        var rest = value.utf8[...]
        while links.count < maximumLinks {
            rest = rest.drop { isSpace($0) || $0 == UInt8(ascii: ",") }
            guard rest.popFirst() == UInt8(ascii: "<") else { return links }
            let target = rest.prefix { $0 != UInt8(ascii: ">") }
            guard target.endIndex < rest.endIndex else { return links }
            rest = rest[target.endIndex...].dropFirst()
            var relations: Set<String>?
            while let (name, value) = parameter(&rest) {
                // The first one counts (section 3.3).
                guard name == "rel", relations == nil else { continue }
                relations = Set(value.lowercased().split(separator: " ").map(String.init))
            }
            links.append(LinkHeader(target: String(Substring(target)), relations: relations ?? []))
        }
        return links
    }

    /// The next `; name=value` in front of `text`; nil where there is none.
    private static func parameter(_ text: inout Substring.UTF8View) -> (name: String, value: String)? {
        text = text.drop(while: isSpace)
        guard text.first == UInt8(ascii: ";") else { return nil }
        text = text.dropFirst().drop { isSpace($0) || $0 == UInt8(ascii: ";") }
        let name = text.prefix { !isSpace($0) && !"=;,".utf8.contains($0) }
        text = text[name.endIndex...].drop(while: isSpace)
        var value = ""
        if text.first == UInt8(ascii: "=") {
            text = text.dropFirst().drop(while: isSpace)
            value = text.first == UInt8(ascii: "\"") ? quoted(&text) : token(&text)
        }
        return (Substring(name).lowercased(), value)
    }

    private static func token(_ text: inout Substring.UTF8View) -> String {
        let value = text.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") }
        text = text[value.endIndex...]
        return Substring(value).trimmedEnd
    }

    private static func quoted(_ text: inout Substring.UTF8View) -> String {
        var value: [UInt8] = []
        text.removeFirst()
        while let byte = text.popFirst(), byte != UInt8(ascii: "\"") {
            value.append(byte == UInt8(ascii: "\\") ? text.popFirst() ?? byte : byte)
        }
        return String(decoding: value, as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

extension Substring {
    fileprivate var trimmedEnd: String {
        var text = self
        while let last = text.utf8.last, last == 0x20 || last == 0x09 { text.removeLast() }
        return String(text)
    }
}
