import WebStandards

/// One record of an imported file: its fields by lower-case name.
public struct ImportRecord: Sendable {
    /// The line it begins on.
    public let line: Int
    private let fields: [String: JSONValue]

    /// Reads one line of JSON.
    public init(jsonLine text: String, line: Int) throws(ImportReject) {
        let value: JSONValue
        do { value = try JSONValue(parsing: text) } catch {
            throw ImportReject(line: line, reason: "expected a JSON object: \(error)")
        }
        guard let object = value.objectValue else { throw ImportReject(line: line, reason: "expected a JSON object") }
        self.line = line
        fields = Dictionary(object.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { $1 })
    }

    init(_ record: [String: String], line: Int) {
        self.line = line
        fields = record.mapValues(JSONValue.string)
    }

    /// The first of some fields that says something, as a text.
    func text(_ names: [String]) -> String? {
        for name in names {
            guard let value = fields[name], let text = value.stringValue ?? value.intValue.map(String.init) else {
                continue
            }
            let known = text.filter { !$0.isWhitespace }
            if !known.isEmpty, !["unknown", "nan", "null"].contains(known.lowercased()) { return text }
        }
        return nil
    }

    /// The file's own number of an item, as ratings of the same data set use it; nil without one.
    public var itemNumber: Int32? { integer(["item"]).flatMap(Int32.init(exactly:)) }

    /// The site's number of the entry.
    public var entryNumber: Int32? { integer(["mal_id", "anime_id"]).flatMap(Int32.init(exactly:)) }

    func number(_ names: [String]) -> Double? {
        names.lazy.compactMap { fields[$0]?.doubleValue }.first ?? text(names).flatMap(Double.init)
    }

    func integer(_ names: [String]) -> Int? { number(names).flatMap { Int(exactly: $0) } }

    /// A list, or a text with commas.
    func texts(_ names: [String]) -> [String] {
        let list = names.lazy.compactMap { fields[$0]?.arrayValue }.first?.compactMap(\.stringValue)
        let texts = list ?? text(names)?.split(separator: ",").map(String.init) ?? []
        return texts.map(\.trimmingSpaces).filter { !$0.isEmpty }
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var slice = drop(while: \.isWhitespace)
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return String(slice)
    }
}
