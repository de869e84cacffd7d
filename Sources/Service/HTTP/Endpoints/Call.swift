import HTTPTypes
import WebStandards

/// A request that was read by the declaration of its endpoint: everything in it is what it may be.
struct Call: Sendable {
    private let texts: [String: [String]]
    private let parameters: [Parameter]
    /// The body as JSON; nil without one.
    let body: JSONValue?
    /// The query as it was written; empty without one.
    let query: String

    /// - Parameters:
    ///   - path: Values of the path, decoded.
    ///   - query: Names and values of the query, decoded, in their order.
    /// - Throws: ``Problem`` 400 that names the parameter and what is expected.
    init(
        _ parameters: [Parameter], path: [String: String], query: [(name: String, value: String)],
        body: JSONValue? = Optional.none, writtenQuery: String = ""
    ) throws(Problem) {
        self.parameters = parameters
        self.query = writtenQuery
        self.body = body
        var texts = path.mapValues { [$0] }
        for (name, value) in query { texts[name, default: []].append(value) }
        let known = Set(parameters.map(\.name))
        if let stranger = query.first(where: { !known.contains($0.name) }) {
            let expected = parameters.filter { $0.place == .query }.map(\.name).joined(separator: ", ")
            throw Problem(
                .badRequest,
                "there is no parameter '\(stranger.name.prefix(40))'; expected \(expected.isEmpty ? "none" : expected)")
        }
        self.texts = texts
        for parameter in parameters { try Self.check(parameter, texts[parameter.name] ?? []) }
    }

    /// A text that must be there.
    func text(_ name: String) -> String { texts[name]?.first ?? "" }

    /// A text; nil when it is missing.
    func optionalText(_ name: String) -> String? { texts[name]?.first }

    /// All texts of a name.
    func allTexts(_ name: String) -> [String] { texts[name] ?? [] }

    func integer(_ name: String) -> Int? {
        if let text = texts[name]?.first { return Int(text) }
        guard case .integer(_, let standard)? = kind(name) else { return nil }
        return standard
    }

    func number(_ name: String) -> Double {
        if let number = texts[name]?.first.flatMap(Double.init) { return number }
        guard case .number(_, let standard)? = kind(name) else { return 0 }
        return standard
    }

    func flag(_ name: String) -> Bool { texts[name]?.first == "true" }

    func choice(_ name: String) -> String {
        if let text = texts[name]?.first { return text }
        guard case .choice(_, let standard)? = kind(name) else { return "" }
        return standard
    }

    private func kind(_ name: String) -> Parameter.Kind? { parameters.first { $0.name == name }?.kind }

    private static func check(_ parameter: Parameter, _ values: [String]) throws(Problem) {
        let times = if case .texts(_, let times) = parameter.kind { times } else { 1 }
        if values.isEmpty, parameter.isRequired {
            throw Problem(.badRequest, "\(parameter.name) is missing: \(parameter.about)")
        }
        guard values.count <= times else {
            throw Problem(.badRequest, "\(parameter.name): expected at most \(times), found \(values.count)")
        }
        for value in values {
            if let expected = expectation(parameter.kind, value) {
                throw Problem(.badRequest, "\(parameter.name): expected \(expected)")
            }
        }
    }

    /// What is expected instead of a value; nil when it is right.
    private static func expectation(_ kind: Parameter.Kind, _ value: String) -> String? {
        switch kind {
        case .text(let most), .texts(let most, _):
            let isText = !value.isEmpty && value.count <= most && !value.unicodeScalars.contains("\0")
            return isText ? nil : "a text of 1 to \(most) characters"
        case .integer(let range, _):
            let isDecimal = value.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2d }
            if isDecimal, let number = Int(value), range.contains(number) { return nil }
            return "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range, _):
            if let number = Double(value), number.isFinite, range.contains(number) { return nil }
            return "a number from \(range.lowerBound) to \(range.upperBound)"
        case .flag: return value == "true" || value == "false" ? nil : "true or false"
        case .choice(let values, _):
            return values.contains(value) ? nil : "one of \(values.joined(separator: ", "))"
        }
    }
}
