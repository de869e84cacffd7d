public import WebStandards

/// How much of an item is there; guards against a blank or reduced page overwriting a good document.
///
/// Sites answer 200 with blank or shortened pages when they are ill.
public enum Completeness {
    /// The number of fields that say something: not null, not an empty list, text or object.
    public static func filledFields(of fields: JSONObject) -> Int {
        fields.reduce(0) { $0 + (isFilled($1.value) ? 1 : 0) }
    }

    /// Whether `new` has lost so much against `stored` that it must not replace it: fewer than three quarters of the filled fields.
    public static func isPoorer(_ new: JSONObject, than stored: JSONObject) -> Bool {
        filledFields(of: new) * 4 < filledFields(of: stored) * 3
    }

    /// The names of the fields that `stored` has and `new` does not.
    public static func lostFields(from stored: JSONObject, to new: JSONObject) -> [String] {
        stored.filter { isFilled($0.value) && !isFilled(new[$0.key] ?? .null) }.map(\.key)
    }

    private static func isFilled(_ value: JSONValue) -> Bool {
        switch value {
        case .null: false
        case .string(let text): !text.isEmpty
        case .array(let values): !values.isEmpty
        case .object(let object): object.contains { isFilled($0.value) }
        case .bool, .int, .double: true
        }
    }
}
