import WebStandards

/// What a request may state beside its path: how it is called, what it may be, and how it is described.
///
/// One declaration serves the reading of requests and the description of the API, so that they cannot differ.
struct Parameter: Sendable {
    /// Where it stands.
    enum Place: String, Sendable { case path, query }

    /// What it may be.
    enum Kind: Sendable {
        /// A text of 1 to so many characters.
        case text(most: Int)
        /// Texts, as often as wanted up to `times`.
        case texts(most: Int, times: Int)
        case integer(ClosedRange<Int>, standard: Int?)
        case number(ClosedRange<Double>, standard: Double)
        case flag
        case choice([String], standard: String)
    }

    let name: String
    var place = Place.query
    let kind: Kind
    let about: String
    var isRequired = false

    /// A part of the path.
    static func path(_ name: String, _ about: String, most: Int = 300) -> Parameter {
        Parameter(name: name, place: .path, kind: .text(most: most), about: about, isRequired: true)
    }

    /// An optional whole number of the query, or one that is `standard` when it is missing.
    static func integer(_ name: String, _ range: ClosedRange<Int>, standard: Int? = nil, _ about: String) -> Parameter {
        Parameter(name: name, kind: .integer(range, standard: standard), about: about)
    }

    /// As OpenAPI describes it.
    var description: JSONValue {
        var object: JSONObject = [
            "name": .string(name), "in": .string(place.rawValue), "description": .string(about),
            "required": .bool(isRequired), "schema": schema,
        ]
        if case .texts = kind { object["explode"] = true }
        return .object(object)
    }

    private var schema: JSONValue {
        switch kind {
        case .text(let most): Self.text(most)
        case .texts(let most, let times):
            [
                "type": "array", "maxItems": .int(Int64(times)),
                "items": Self.text(most),
            ]
        case .integer(let range, let standard):
            .object(
                JSONObject(
                    [
                        ("type", JSONValue.string("integer")), ("minimum", .int(Int64(range.lowerBound))),
                        ("maximum", .int(Int64(range.upperBound))),
                    ] + (standard.map { [("default", .int(Int64($0)))] } ?? [])))
        case .number(let range, let standard):
            [
                "type": "number", "minimum": .double(range.lowerBound), "maximum": .double(range.upperBound),
                "default": .double(standard),
            ]
        case .flag: ["type": "boolean", "default": false]
        case .choice(let values, let standard):
            ["type": "string", "enum": .array(values.map(JSONValue.string)), "default": .string(standard)]
        }
    }

    /// A text that MongoDB can hold: without NUL.
    private static func text(_ most: Int) -> JSONValue {
        ["type": "string", "minLength": 1, "maxLength": .int(Int64(most)), "pattern": "^[^\\u0000]+$"]
    }
}
