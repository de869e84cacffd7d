import HTTPTypes
import Hummingbird

/// What a form of an operator's sent, each field once.
struct OperatorForm: Sendable, Hashable {
    /// Our forms have fewer.
    static let most = 16

    private let fields: [String: String]

    /// - Throws: A problem where it is no form of ours: too many fields, one of them twice, NUL in one.
    init(_ bytes: some Collection<UInt8>) throws(Problem) {
        let pairs = try FormFields.decode(String(decoding: bytes, as: UTF8.self))
        guard pairs.count <= Self.most else {
            throw Problem(.badRequest, "the form: expected \(Self.most) fields at most")
        }
        var fields: [String: String] = [:]
        for (name, value) in pairs {
            guard !value.unicodeScalars.contains("\0") else {
                throw Problem(.badRequest, "the form: expected text without NUL")
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
}
