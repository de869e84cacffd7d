public import MongoDriver
import Storage
import WebStandards

/// One column of a collection's CSV file, as the collection's schema gives it.
///
/// Numbers, texts, dates and truth values are themselves. Of an object whose fields the schema names each is a column: `aired_from`. A list of
/// texts is joined by `|`, with `\|` and `\\` for those signs within one. Everything else is JSON.
public struct CSVColumn: Sendable, Hashable {
    private enum Form { case scalar, joined, json }

    /// Its name in the first row.
    public let name: String
    private let path: [String]
    private let form: Form

    /// Bookkeeping that says nothing without the program.
    private static let leftOut: Set<String> = ["quarantine", "absence", "body"]

    /// The columns of a collection, in the order of its schema.
    public static func columns(of schema: BSONDocument) -> [CSVColumn] {
        (schema["properties"]?.documentValue ?? [:]).flatMap { name, property -> [CSVColumn] in
            guard !leftOut.contains(name), let property = property.documentValue else { return [] }
            let types = types(of: property)
            if types.contains("object"), let parts = property["properties"]?.documentValue, !parts.isEmpty {
                return parts.map { part, _ in CSVColumn(name: "\(name)_\(part)", path: [name, part], form: .scalar) }
            }
            return [CSVColumn(name: name, path: [name], form: form(types, property))]
        }
    }

    private static func form(_ types: [String], _ property: BSONDocument) -> Form {
        if types.contains("object") { return .json }
        guard types.contains("array") else { return .scalar }
        return self.types(of: property["items"]?.documentValue ?? [:]) == ["string"] ? .joined : .json
    }

    private static func types(of property: BSONDocument) -> [String] {
        let type = property["bsonType"]
        return type?.stringValue.map { [$0] } ?? type?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    /// A document's value in this column.
    public func cell(of document: BSONDocument) -> CSVCell {
        var value = document[path[0]]
        for name in path.dropFirst() { value = value?.documentValue?[name] }
        guard let value else { return .empty }
        switch (form, value) {
        case (_, .null): return .empty
        case (.joined, .array(let elements)):
            let texts = elements.compactMap(\.stringValue)
            return texts.isEmpty ? .empty : .text(texts.map(Self.escaped).joined(separator: "|"))
        default: return Self.cell(value)
        }
    }

    /// A value as it stands in a cell.
    static func cell(_ value: BSONValue) -> CSVCell {
        switch value {
        case .null: .empty
        case .string(let text): .text(text)
        case .int32(let number): .plain(String(number))
        case .int64(let number): .plain(String(number))
        case .double(let number): .plain(String(number))
        case .bool(let flag): .plain(flag ? "true" : "false")
        case .date(let date): .plain(PlainJSON.text(date))
        default: .text(PlainJSON.value(value).serialized())
        }
    }

    private static func escaped(_ text: String) -> String {
        let (bar, escape) = (UInt8(ascii: "|"), UInt8(ascii: "\\"))
        guard text.utf8.contains(where: { $0 == bar || $0 == escape }) else { return text }
        return String(decoding: text.utf8.flatMap { $0 == bar || $0 == escape ? [escape, $0] : [$0] }, as: UTF8.self)
    }
}
