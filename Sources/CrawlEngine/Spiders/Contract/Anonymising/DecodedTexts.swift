import CrawlDomain
import Markup
import WebStandards

extension JSONValue {
    /// All texts in it, keys too.
    var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let values): values.flatMap(\.texts)
        case .object(let object): object.flatMap { [$0.key] + $0.value.texts }
        default: []
        }
    }
}

extension MarkupDocument {
    /// Its text, and the values of all attributes, as the parser reads them.
    var texts: [String] {
        let elements = Self.all.flatMap { try? select($0).matches } ?? []
        return [root.text] + elements.flatMap { $0.attributes.map(\.value) }
    }

    private static let all = try? Selector(xpath: "//*")
}
