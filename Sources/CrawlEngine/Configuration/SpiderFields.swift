import WebStandards

/// The header fields of a spider with their secrets filled in; shows their names and never their values.
struct SpiderFields: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let fields: HeaderFields

    init(of spider: Spider, environment: [String: String]) throws(MissingVariableError) {
        var fields = HeaderFields()
        for field in spider.fields {
            let filled = try field.filled(from: environment, for: spider)
            fields.append(filled.name, filled.value)
        }
        self.fields = fields
    }

    var description: String { fields.map { "\($0.name): …" }.joined(separator: ", ") }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
