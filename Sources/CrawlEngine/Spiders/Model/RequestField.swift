import WebStandards

/// A header field that a spider sends with the pages it asks for: `X-Client: "{env:CLIENT_ID}"`.
///
/// What an environment variable says is a secret: it is filled in when a run begins, and never part of a spider.
public struct RequestField: Sendable, Hashable {
    private enum Part: Sendable, Hashable { case text(String), variable(String) }

    /// The field's name.
    public let name: String
    private let parts: [Part]

    /// Fields that the crawler sets by itself, beside those that the fetcher refuses.
    private static let reserved: Set<String> = [
        "accept", "accept-encoding", "accept-language", "connection", "content-length", "content-type", "cookie",
        "cookie2",
        "expect", "host", "http2-settings", "if-match", "if-modified-since", "if-none-match", "if-range",
        "if-unmodified-since", "keep-alive", "proxy-authorization", "proxy-connection", "range", "referer", "te",
        "trailer",
        "transfer-encoding", "upgrade", "user-agent",
    ]

    /// Reads a field.
    ///
    /// - Throws: A text that says what is wrong and what is expected.
    init(name: String, value: String) throws(PatternError) {
        func error(_ message: String) -> PatternError { PatternError(offset: 0, message: message) }
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte) else {
            throw error("'\(name.prefix(40))' is no name of a header field")
        }
        guard !Self.reserved.contains(name.lowercased()) else { throw error("'\(name)' is set by the crawler itself") }
        guard Self.isValue(value) else { throw error("a header field is one line of printable ASCII") }
        var (parts, rest): ([Part], Substring) = ([], value[...])
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}"), rest[open...].hasPrefix("{env:") else {
                throw error("expected {env:NAME}, the name of an environment variable, behind '{'")
            }
            let variable = rest[rest.index(open, offsetBy: 5)..<close]
            guard !variable.isEmpty, variable.utf8.allSatisfy(Self.isVariableByte) else {
                throw error("'\(variable.prefix(40))' is no name of an environment variable")
            }
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(.variable(String(variable)))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        (self.name, self.parts) = (name, parts)
    }

    /// The environment variables it needs.
    public var variables: [String] { parts.compactMap { if case .variable(let name) = $0 { name } else { nil } } }

    /// The field with the variables filled in.
    ///
    /// - Throws: ``MissingVariableError`` for one that is not set, or says what no header field can.
    func filled(from environment: [String: String], for spider: Spider) throws(MissingVariableError) -> HeaderField {
        var value = ""
        for part in parts {
            switch part {
            case .text(let text): value += text
            case .variable(let variable):
                let found = environment[variable]?.trimmed ?? ""
                guard !found.isEmpty, Self.isValue(found) else {
                    throw MissingVariableError(variable: variable, isSet: !found.isEmpty, field: name, spider: spider)
                }
                value += found
            }
        }
        return HeaderField(name: name, value: value)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2D || byte == 0x5F
    }

    private static func isVariableByte(_ byte: UInt8) -> Bool { isTokenByte(byte) && byte != 0x2D }

    private static func isValue(_ text: String) -> Bool {
        (1...4_096).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }
}
