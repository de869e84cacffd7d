// Names and texts, and where they go.
extension CSSParser {
    mutating func elementName() throws(SelectorError) -> NameReference {
        var first: CSSScanner.Name?
        if scanner.startsIdentifier {
            first = scanner.name()
        } else if !scanner.consume("*") {
            guard scanner.isAt("|") else { return .any }
        }
        guard scanner.isAt("|"), !scanner.isBefore("=") else { return first.map { reference($0) } ?? .any }
        scanner.advance()
        if scanner.consume("*") { return .any }
        return reference(try scanner.identifier("a name or '*'"), prefix: first)
    }

    mutating func attributeName() throws(SelectorError) -> NameReference {
        if scanner.consume("*") {
            try scanner.require("|")
            return reference(try scanner.identifier("an attribute name"))
        }
        let first = scanner.isAt("|") ? scanner.noName : try scanner.identifier("an attribute name or '*'")
        guard scanner.isAt("|"), !scanner.isBefore("=") else { return reference(first) }
        scanner.advance()
        return reference(try scanner.identifier("an attribute name"), prefix: first.isEmpty ? nil : first)
    }

    /// The number of a name, which is lower-case in HTML; a prefix is as written.
    mutating func reference(_ name: CSSScanner.Name, prefix: CSSScanner.Name? = nil) -> NameReference {
        let isHTML = language == .html
        guard let prefix else {
            return scanner.withBytes(of: name, lowercased: isHTML) { draft.names.reference($0) }
        }
        let text = scanner.string(prefix, lowercased: false) + ":" + scanner.string(name, lowercased: isHTML)
        return draft.names.reference(text)
    }

    /// Which known pseudo-class a name is of.
    func pseudoName(_ name: CSSScanner.Name) -> CSSPseudoName? {
        scanner.withBytes(of: name, lowercased: true) { CSSPseudoName.find($0) }
    }

    mutating func literal(_ name: CSSScanner.Name) -> ByteSpan {
        let start = draft.literals.count
        scanner.append(name, to: &draft.literals)
        return draft.literal(from: start)
    }

    /// A text in quotes or a name.
    mutating func text(orElse what: String) throws(SelectorError) -> ByteSpan {
        guard scanner.isAtQuote else { return literal(try scanner.identifier(what)) }
        let start = draft.literals.count
        try scanner.string(into: &draft.literals)
        return draft.literal(from: start)
    }
}
