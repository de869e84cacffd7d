import WebStandards

/// One record of an imported file: its fields by lower-case name.
public struct ImportRecord: Sendable {
    /// The line it begins on, or its number.
    public let line: Int
    /// What `line` counts.
    public let unit: ImportReject.Unit
    /// The record as it was written.
    let raw: ArraySlice<UInt8>
    /// The JSON object it was, where it was one.
    let object: JSONObject?
    private let fields: [String: JSONValue]

    /// Takes a JSON object.
    init(_ object: JSONObject, line: Int, unit: ImportReject.Unit, raw: ArraySlice<UInt8>) {
        self.line = line
        self.unit = unit
        self.raw = raw
        self.object = object
        fields = Dictionary(object.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { $1 })
    }

    /// Takes the fields of a row.
    init(_ record: [String: String], line: Int, unit: ImportReject.Unit = .line, raw: ArraySlice<UInt8> = []) {
        self.line = line
        self.unit = unit
        self.raw = raw
        object = nil
        fields = record.mapValues(JSONValue.string)
    }

    /// Leaves this record out.
    func reject(_ reason: String) -> ImportReject {
        guard raw.isEmpty else { return ImportReject(line: line, unit: unit, reason: reason, raw: raw) }
        // What never was one piece of text.
        let all = JSONValue.object(JSONObject(fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
        return ImportReject(line: line, unit: unit, reason: reason, raw: all.serializedBytes())
    }

    /// Whether it has one of these fields, whatever is in it.
    func has(_ names: [String]) -> Bool { names.contains { fields[$0] != nil } }

    /// The first of some fields that says something, as it is written.
    func verbatim(_ names: [String]) -> String? {
        names.lazy.compactMap { fields[$0].flatMap(NumberText.text) }.first { $0.contains { !$0.isWhitespace } }
    }

    /// The first of some fields that says something, as a text; a word for "unknown" says nothing.
    func text(_ names: [String]) -> String? {
        for name in names {
            guard let text = fields[name].flatMap(NumberText.text), let known = Placeholder.removed(text) else {
                continue
            }
            return known
        }
        return nil
    }

    /// The file's own number of an item, as ratings of the same data set use it; nil without one.
    public var itemNumber: Int32? { integer(["item", "item_id", "movieid"]).flatMap(Int32.init(exactly:)) }

    /// The site's number of the entry.
    public var entryNumber: Int32? { integer(["mal_id", "anime_id"]).flatMap(Int32.init(exactly:)) }

    func number(_ names: [String]) -> Double? { names.lazy.compactMap { fields[$0].flatMap(NumberText.double) }.first }

    func integer(_ names: [String]) -> Int? { number(names).flatMap { Int(exactly: $0) } }

    /// A list, or a text that is one.
    func texts(_ names: [String]) -> [String] {
        for name in names {
            if let list = fields[name]?.arrayValue { return list.compactMap(Self.name).filter { !$0.isEmpty } }
            if let text = text([name]) { return ListText.elements(of: text) }
        }
        return []
    }

    /// A text, or what the API of the site has in place of it: an object with a name.
    private static func name(_ value: JSONValue) -> String? {
        (value.stringValue ?? value["name"]?.stringValue)?.trimmed
    }
}
