import WebStandards

/// Which part of a page's address tells which anime it is.
struct AddressGuess {
    /// A name for the page kind.
    let kind: String
    /// The URL pattern.
    let pattern: String
    /// What stands in an item's key behind the site.
    let key: String
    /// The rule for the number of the anime.
    let idRule: String

    init(_ url: WebURL) {
        let segments = URLText.segments(of: url.path)
        kind = Self.name(segments.first { !$0.allSatisfy(\.isNumber) } ?? "anime")
        let parameter = URLText.parameters(of: url.query ?? "").first {
            Self.isNumber($0.value) && Self.isPlain($0.name)
        }
        let plain = segments.enumerated().map { Self.literal($1, at: $0) }
        if let place = segments.firstIndex(where: Self.isNumber) {
            let behind =
                segments.count > place + 1
                ? "/{slug?}" + plain.dropFirst(place + 2).map { "/\($0)" }.joined() : ""
            // What may be left out stands at the end only.
            let tail = segments.count > place + 2 ? behind.replacing("{slug?}", with: "{slug}") : behind
            pattern = "/" + (plain[..<place] + ["{id:int}"]).joined(separator: "/") + tail
        } else if let parameter {
            pattern = "/" + plain.joined(separator: "/") + "?\(parameter.name)={id:int}"
        } else if let (place, numbered) = segments.indices.lazy.compactMap({ place in
            Self.numbered(segments[place]).map { (place, $0) }
        }).first {
            pattern = "/" + (plain[..<place] + [numbered] + plain[(place + 1)...]).joined(separator: "/")
        } else {
            guard !segments.isEmpty else {
                (pattern, key, idRule) = ("/", "1", "id: {const: 1}")
                return
            }
            pattern = "/" + (plain.dropLast() + ["{slug}"]).joined(separator: "/")
            key = "{slug}"
            idRule =
                "id: {from: slug}  # a number, where the page has one: {css: \"[data-id]::attr(data-id)\", then: int}"
            return
        }
        key = "{id}"
        idRule = "id: {from: id, then: int}"
    }

    /// A segment with a number in front of something, such as `5.html` or `5-some-title`.
    private static func numbered(_ segment: String) -> String? {
        let number = segment.prefix { $0.isASCII && $0.isNumber }
        let rest = segment.dropFirst(number.count)
        guard isNumber(String(number)) else { return nil }
        if rest.first == ".", isPlain(String(rest.dropFirst())) { return "{id:int}\(rest)" }
        return rest.first == "-" && rest.count > 1 ? "{id:int}-{slug}" : nil
    }

    private static func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 15 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                $0 == 0x5F || $0 == 0x2D || (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
            }
    }

    /// A segment as a pattern has it; one that a pattern or YAML could misread may be anything.
    private static func literal(_ segment: String, at place: Int) -> String {
        isPlain(segment.replacing(".", with: "-")) ? segment : "{part\(place + 1)}"
    }

    private static func name(_ text: String) -> String {
        let stem = text.split(separator: ".").first.map(String.init) ?? text
        let name = stem.lowercased().filter { $0.isASCII && ($0.isLetter || $0 == "-") }
        // YAML reads these as no text.
        if ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(name) { return "\(name)-page" }
        return name.isEmpty || name == "sitemap" || !(name.first?.isLetter ?? false) ? "anime" : String(name.prefix(30))
    }
}
