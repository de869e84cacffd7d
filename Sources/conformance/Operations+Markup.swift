import Markup
import WebStandards

extension Operations {
    static let markup: [String: Operation] = [
        "html.sniff_encoding": { input in
            let (encoding, _) = CharacterEncoding.sniff(input.bytes("data") ?? [], contentType: nil)
            return .string(encoding.name.lowercased())
        },
        "css.valid": { input in .bool((try? Selector(css: input.string("css") ?? "")) != nil) },
        "html.css_nodes": { input in
            let document = try MarkupDocument(html: input.string("html") ?? "")
            let selector = try Selector(css: input.string("css") ?? "")
            guard input["within"] != nil else { return .array(try document.elements(selector).map(\.tagAndID)) }
            let body = try document.elements(try Selector(css: "body")).first
            return .int(Int64(try document.elements(selector, from: body).count))
        },
        "select.css": { input in try strings(input, try Selector(css: query(input), language: language(input))) },
        "select.xpath": { input in try strings(input, try Selector(xpath: query(input))) },
    ]

    private static func query(_ input: Input) -> String { input.string("query") ?? "" }

    private static func language(_ input: Input) -> Selector.Language { input.string("type") == "xml" ? .xml : .html }

    private static func strings(_ input: Input, _ selector: Selector) throws -> JSONValue {
        let bytes = input.bytes(input["text"] == nil ? "body" : "text") ?? []
        let text = CharacterEncoding.decode(
            bytes, contentType: "text/html; charset=\(input.string("encoding") ?? "utf-8")")
        let document =
            input.string("type") == "xml" ? try MarkupDocument(xml: text.bytes) : try MarkupDocument(html: text.bytes)
        return .array(try document.select(selector).strings.map(JSONValue.string))
    }
}

extension MarkupDocument {
    fileprivate func elements(_ selector: Selector, from node: MarkupNode? = nil) throws -> [MarkupNode] {
        guard case .nodes(let nodes) = try select(selector, from: node) else { return [] }
        return nodes
    }
}

extension MarkupNode {
    fileprivate var tagAndID: JSONValue { [.string(name), attribute("id").map(JSONValue.string) ?? .null] }
}
