import Foundation
import HTTPTypes
import Hummingbird

/// What a form of ours sent: `application/x-www-form-urlencoded` (WHATWG URL Standard, section 5.1).
struct FormFields: Sendable, Hashable {
    /// Our forms have fewer.
    static let most = 16

    private let fields: [String: String]

    /// - Throws: A problem where it is no form of ours: too many fields, one of them twice, bytes that are no text.
    init(_ bytes: some Collection<UInt8>) throws(Problem) {
        var fields: [String: String] = [:]
        let pairs = bytes.split(separator: UInt8(ascii: "&"))
        guard pairs.count <= Self.most else {
            throw Problem(.badRequest, "the form: expected \(Self.most) fields at most")
        }
        for pair in pairs {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.text(parts[0]), let value = parts.count > 1 ? Self.text(parts[1]) : "" else {
                throw Problem(.badRequest, "the form: expected text in UTF-8, percent-encoded")
            }
            guard fields.updateValue(value, forKey: name) == nil else {
                throw Problem(.badRequest, "the form: '\(Wording.short(name, 40))' stands there twice")
            }
        }
        self.fields = fields
    }

    /// A field's text, without blanks around it; "" where it is missing.
    subscript(_ name: String) -> String {
        let text = fields[name] ?? ""
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func text(_ encoded: some Collection<UInt8>) -> String? {
        let spaced = String(decoding: encoded.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
        guard let text = spaced.removingPercentEncoding, !text.unicodeScalars.contains("\0") else { return nil }
        return text
    }
}
