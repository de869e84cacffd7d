import Markup

extension YAMLNode {
    /// A CSS selector.
    func css() -> Selector? { read("a CSS selector") { try Selector(css: $0) } }

    /// An XPath expression.
    func xpath() -> Selector? { read("an XPath expression") { try Selector(xpath: $0) } }

    /// A path into JSON.
    func jsonPath() -> JSONPath? { read("a JSON path") { try JSONPath($0) } }

    /// A regular expression.
    func pattern() -> Pattern? { read("a regular expression") { try Pattern($0) } }

    /// A template.
    func template() -> Template? { read("a template") { try Template($0) } }

    /// A pattern of URLs.
    func urlPattern() -> URLPattern? { read("a URL pattern") { try URLPattern($0) } }

    /// A time that is not nothing.
    func interval() -> Duration? {
        guard let time = duration() else { return nil }
        return time > .zero ? time : refuse("expected a time longer than nothing, such as 1h or 7d")
    }

    /// A text in a little language; what is wrong with it is reported at its place.
    private func read<Value>(_ what: String, _ make: (String) throws -> Value) -> Value? {
        guard let text = string() else { return nil }
        do {
            return try make(text)
        } catch {
            return refuse("not \(what): \(error)")
        }
    }
}
