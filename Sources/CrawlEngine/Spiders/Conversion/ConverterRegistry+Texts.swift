import Foundation
import WebStandards

extension ConverterRegistry {
    mutating func registerTexts() {
        register("trim", EachConverter(text: { .string($0.trimmed) }))
        register("lower", EachConverter(text: { .string($0.lowercased()) }))
        register("upper", EachConverter(text: { .string($0.uppercased()) }))
        register("decode-url", EachConverter(text: { .string(URLText.decode($0)) }))
        register("html-text", EachConverter(text: { HTMLText.paragraphs(of: $0).map(JSONValue.string) }))
        register("decode-emails", EachConverter(text: { .string(HiddenEmails.shown(in: $0)) }))
        register("attribution", EachConverter(text: { Attribution(of: $0).source.map(JSONValue.string) }))
        register("without-attribution", EachConverter(text: { .string(Attribution(of: $0).text) }))
        register("template", Self.template)
        register("except", Self.except)
        register("null-if", Self.nullIf)
        register("map", Self.map)
    }

    private static let template: Maker = { options in
        guard let template = options.requireArgument("a template").flatMap(options.template) else { return nil }
        return EachConverter { value, context in
            template.filled { $0.isEmpty ? value : context.value($0) }.map(JSONValue.string)
        }
    }

    /// Leaves a value out that equals the template.
    private static let except: Maker = { options in
        guard let template = options.requireArgument("a template").flatMap(options.template) else { return nil }
        return EachConverter(keeping: { value, context in
            NumberText.text(value) != template.filled { context.value($0) }
        })
    }

    /// A text equal to one of the list, or beginning with one that ends in `*`.
    private static let nullIf: Maker = { options in
        guard let texts = options.requireArgument("a text or a list of texts")?.strings() else { return nil }
        let placeholders = Placeholders(texts)
        return EachConverter(keeping: { value, _ in !placeholders.contains(value) })
    }

    /// `{map: {a: b}, otherwise: keep}`; what the map does not name is left out unless kept.
    private static let map: Maker = { options in
        guard let entries = options.requireArgument("a map of values")?.map()?.entries else { return nil }
        let keeps = options.map?.take("otherwise")?.choice(of: Otherwise.self) == .keep
        let values = entries.compactMap { entry in entry.value.string().map { (entry.key, JSONValue.string($0)) } }
        let table = Dictionary(values, uniquingKeysWith: { $1 })
        return EachConverter { value, _ in
            NumberText.text(value).flatMap { table[$0] } ?? (keeps ? value : nil)
        }
    }

    private enum Otherwise: String, CaseIterable { case keep, drop }
}

/// Texts that stand for "nothing here".
struct Placeholders: Sendable {
    private let whole: Set<String>
    private let beginnings: [String]

    init(_ texts: [String]) {
        whole = Set(texts.filter { !$0.hasSuffix("*") })
        beginnings = texts.filter { $0.hasSuffix("*") }.map { String($0.dropLast()) }
    }

    func contains(_ value: JSONValue) -> Bool {
        guard case .string(let text) = value else { return NumberText.text(value).map(whole.contains) ?? false }
        return whole.contains(text) || beginnings.contains { text.hasPrefix($0) }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        if let first = utf8.first, let last = utf8.last, (0x21...0x7E).contains(first), (0x21...0x7E).contains(last) {
            return self
        }
        let start = unicodeScalars.firstIndex { !$0.properties.isWhitespace } ?? endIndex
        let end = unicodeScalars.lastIndex { !$0.properties.isWhitespace }
        return end.map { String(unicodeScalars[start...$0]) } ?? ""
    }
}
