import HTTPTypes

/// What an operator's form sent.
struct OperatorForm: Sendable, Hashable {
    /// Our forms have fewer.
    static let most = 16

    private let fields: [String: String]

    /// - Throws: A problem where it is no form of ours: too many fields, one of them twice, bytes that are no text.
    init(_ bytes: some Collection<UInt8>) throws(Problem) {
        let given = try FormFields.decode(String(decoding: bytes, as: UTF8.self))
        guard given.count <= Self.most else {
            throw Problem(.badRequest, "the form: expected \(Self.most) fields at most")
        }
        var fields: [String: String] = [:]
        for (name, value) in given {
            guard !value.unicodeScalars.contains(where: { $0 == "\0" || $0 == "\u{FFFD}" }) else {
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
}
