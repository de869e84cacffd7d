import WebStandards

/// What only the mark-up tells to be a person's or a secret: pictures and other texts in links to people, hidden fields, names alone in their
/// text.
struct PersonMarkup {
    let url: WebURL
    let people: PeopleFinder
    /// What people are called instead, by their names in small letters.
    let names: [String: String]

    /// The page without it.
    func edited(_ bytes: [UInt8]) -> [UInt8] {
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        let exact = Dictionary(people.names.map { ($0, names[$0.lowercased()] ?? "") }, uniquingKeysWith: { $1 })
        var (edits, isInPersonLink) = (ByteEdits(), false)
        for token in MarkupScanner.tokens(of: bytes) {
            switch token.kind {
            case .start:
                if token.name == "a" {
                    let target = token.value("href").flatMap {
                        WebURL(text($0).replacing("&amp;", with: "&"), base: url)
                    }
                    isInPersonLink = target.flatMap(people.address.name) != nil
                }
                let isField = ["name", "property", "id", "http-equiv"].contains {
                    token.value($0).map { SecretRemover.isSecret(text($0)) } ?? false
                }
                for attribute in token.attributes where !attribute.value.isEmpty {
                    let isPicture = isInPersonLink && ["img", "source"].contains(token.name)
                    if isPicture, ["src", "data-src", "srcset", "data-srcset"].contains(attribute.name) {
                        edits.replace(attribute.value, with: SecretRemover.avatar)
                    } else if SecretRemover.isSecret(attribute.name)
                        || (isField && ["content", "value"].contains(attribute.name))
                    {
                        edits.replace(attribute.value, with: SecretRemover.removed)
                    }
                }
            case .end where token.name == "a": isInPersonLink = false
            case .text:
                let (old, trimmed) = (text(token.range), text(token.range).trimmed)
                let display = isInPersonLink ? people.displayNames[HTMLText.collapsed(trimmed)] : nil
                if let name = display.flatMap({ names[$0.lowercased()] }) ?? exact[trimmed] {
                    edits.replace(token.range, with: old.replacing(trimmed, with: name))
                }
            default: break
            }
        }
        return edits.applied(to: bytes)
    }
}
