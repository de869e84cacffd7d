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

    /// What a new document lacks of the stored one, so that it must not replace it.
    public struct Loss: Sendable, Hashable {
        /// The fields that are gone, or cut short.
        public let fields: [String]
        /// Why.
        public let doubt: Plausibility.Doubt
        /// Whether a text ends as short forms do: however often it is read, the whole one is elsewhere.
        public var isShortForm = false

        /// In a few words.
        public var summary: String { (doubt == .textCut ? "the rest of " : "") + fields.joined(separator: ", ") }
    }

    /// What `new` has lost of `stored`, so that it must not replace it; nil when it may.
    ///
    /// Fewer than three quarters of its filled fields, no supplement it had, or the short form of a text. Single values that cannot be are
    /// ``Plausibility``'s. Both are what a document of the type holds, or the fields of it that an addition speaks of.
    public static func loss(from stored: JSONObject, to new: JSONObject, type: ItemType) -> Loss? {
        // A page that lacks fields may have a text cut short as well: neither gets in with the other.
        let cut = ["synopsis", "text"].filter { name in
            guard let before = stored[name]?.stringValue, let after = new[name]?.stringValue else { return false }
            return isCut(after, of: before)
        }
        let isShortForm = cut.contains { name in
            new[name]?.stringValue.map { $0.hasSuffix("…") || $0.hasSuffix("...") } ?? false
        }
        var lost = lostFields(from: stored, to: new)
        if !isPoorer(new, than: stored) { lost = lost.filter(type.supplements.contains) }
        if !lost.isEmpty { return Loss(fields: lost + cut, doubt: .fieldsLost, isShortForm: isShortForm) }
        return cut.isEmpty ? nil : Loss(fields: cut, doubt: .textCut, isShortForm: isShortForm)
    }

    /// Whether a text is the beginning of a longer one, as where a page shows a text in short form.
    private static func isCut(_ text: String, of whole: String) -> Bool {
        var start = text[...]
        while let last = start.last, last == "." || last == "…" || last.isWhitespace { start = start.dropLast() }
        return !start.isEmpty && start.utf8.count < whole.utf8.count * 9 / 10 && whole.hasPrefix(start)
    }

    /// The names of the fields that `stored` has and `new` does not.
    public static func lostFields(from stored: JSONObject, to new: JSONObject) -> [String] {
        stored.filter { isFilled($0.value) && !isFilled(new[$0.key] ?? .null) }.map(\.key)
    }

    private static func isFilled(_ value: JSONValue) -> Bool { value.isFilled }
}

extension JSONValue {
    /// Whether it says something: not null, and not an empty list, text or object.
    var isFilled: Bool {
        switch self {
        case .null: false
        case .string(let text): !text.isEmpty
        case .array(let values): !values.isEmpty
        case .object(let object): object.contains { $0.value.isFilled }
        case .bool, .int, .double: true
        }
    }
}
