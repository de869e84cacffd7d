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
        if let place = segments.firstIndex(where: Self.isNumber) {
            let behind =
                segments.count > place + 1
                ? "/{slug?}" + segments.dropFirst(place + 2).map { "/\(Self.literal($0))" }.joined() : ""
            // What may be left out stands at the end only.
            let tail = segments.count > place + 2 ? behind.replacing("{slug?}", with: "{slug}") : behind
            pattern = "/" + (segments[..<place].map(Self.literal) + ["{id:int}"]).joined(separator: "/") + tail
        } else if let parameter {
            pattern = "/" + segments.map(Self.literal).joined(separator: "/") + "?\(parameter.name)={id:int}"
        } else {
            guard !segments.isEmpty else {
                (pattern, key, idRule) = ("/", "1", "id: {const: 1}")
                return
            }
            pattern = "/" + (segments.dropLast().map(Self.literal) + ["{slug}"]).joined(separator: "/")
            key = "{slug}"
            idRule =
                "id: {const: 1}  # entries need a number: find one on the page, such as {css: \"[data-id]::attr(data-id)\", then: int}"
            return
        }
        key = "{id}"
        idRule = "id: {from: id, then: int}"
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
    private static func literal(_ segment: String) -> String {
        isPlain(segment.replacing(".", with: "-")) ? segment : "{part\(segment.utf8.count)}"
    }

    private static func name(_ text: String) -> String {
        let stem = text.split(separator: ".").first.map(String.init) ?? text
        let name = stem.lowercased().filter { $0.isASCII && ($0.isLetter || $0 == "-") }
        return name.isEmpty || name == "sitemap" || !(name.first?.isLetter ?? false) ? "anime" : String(name.prefix(30))
    }
}
