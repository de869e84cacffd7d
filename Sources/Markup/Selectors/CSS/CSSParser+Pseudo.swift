// Pseudo-classes and pseudo-elements.
extension CSSParser {
    /// The pseudo-element here, where a compound has ended.
    mutating func pseudoElement() throws(SelectorError) -> CSSProgram.PseudoElement {
        guard scanner.isAt(":") else { return .none }
        let place = scanner.offset
        guard nesting == 0 else { throw scanner.expected("no pseudo-element inside a function", at: place) }
        scanner.advance()
        _ = scanner.consume(":")
        let name = scanner.string(try scanner.identifier("a pseudo-element"), lowercased: true)
        if name == "text" { return .text }
        guard name == "attr", scanner.consume("(") else { throw scanner.expected("::text or ::attr(name)", at: place) }
        scanner.skipSpace()
        let attribute = reference(try scanner.identifier("an attribute name"))
        scanner.skipSpace()
        try scanner.require(")")
        return .attribute(attribute)
    }

    /// The pseudo-class here; nil at a pseudo-element, which stays.
    mutating func pseudoClass(hasName: Bool) throws(SelectorError) -> CSSProgram.Test? {
        if scanner.isBefore(":") { return nil }
        let place = scanner.offset
        scanner.advance()
        let written = try scanner.identifier("a pseudo-class")
        let name = pseudoName(written)
        if let name, name.isPseudoElement {
            scanner.rewind(to: place)
            return nil
        }
        if let name, name.needsName, !hasName { lacksName = true }
        guard scanner.consume("(") else { return try plainPseudoClass(name, written, at: place) }
        guard nesting < Self.maximumNesting else {
            throw scanner.expected("at most \(Self.maximumNesting) functions inside each other", at: place)
        }
        nesting += 1
        scanner.skipSpace()
        let test = try function(name, written, at: place)
        scanner.skipSpace()
        try scanner.require(")")
        nesting -= 1
        return test
    }

    private func plainPseudoClass(
        _ name: CSSPseudoName?, _ written: CSSScanner.Name, at place: Int
    ) throws(SelectorError) -> CSSProgram.Test {
        let first = ArithmeticProgression(step: 0, start: 1)
        switch name {
        case .root: return .init(kind: .root)
        case .empty: return .init(kind: .empty)
        case .firstChild: return .init(first, fromEnd: false, sameName: false)
        case .lastChild: return .init(first, fromEnd: true, sameName: false)
        case .firstOfType: return .init(first, fromEnd: false, sameName: true)
        case .lastOfType: return .init(first, fromEnd: true, sameName: true)
        case .onlyChild: return .init(kind: .only)
        case .onlyOfType: return .init(kind: .only, sameName: true)
        case .checked: return .init(kind: .checked)
        case .disabled: return .init(kind: .disabled)
        case .enabled: return .init(kind: .enabled)
        case .link: return .init(kind: .link)
        // A page at rest has no pointer and no history.
        case .active, .focus, .hover, .target, .visited: return .init(kind: .never)
        case .scope: throw scanner.expected(":scope at the start of a selector only", at: place)
        default:
            let name = scanner.string(written, lowercased: true)
            throw scanner.expected("a known pseudo-class instead of :\(name)", at: place)
        }
    }

    private mutating func function(
        _ name: CSSPseudoName?, _ written: CSSScanner.Name, at place: Int
    ) throws(SelectorError) -> CSSProgram.Test {
        switch name {
        case .nthChild: return .init(try progression(), fromEnd: false, sameName: false)
        case .nthLastChild: return .init(try progression(), fromEnd: true, sameName: false)
        case .nthOfType: return .init(try progression(), fromEnd: false, sameName: true)
        case .nthLastOfType: return .init(try progression(), fromEnd: true, sameName: true)
        case .contains: return .init(kind: .contains, literal: try text(orElse: "a string or a name"))
        case .lang: return try languages()
        case .is, .where, .matches: return try compounds(.any, inside: written)
        case .not: return try compounds(.none, inside: written)
        case .has: return try has()
        default:
            let name = scanner.string(written, lowercased: true)
            throw scanner.expected("a known pseudo-class instead of :\(name)()", at: place)
        }
    }

    private mutating func progression() throws(SelectorError) -> ArithmeticProgression {
        let place = scanner.offset
        guard let progression = ArithmeticProgression(scanner.rawArgument()) else {
            throw scanner.expected("a position such as 3, odd or 2n+1", at: place)
        }
        return progression
    }

    /// Languages, with the hyphen before which the language of a page may end.
    private mutating func languages() throws(SelectorError) -> CSSProgram.Test {
        let first = draft.languages.count
        repeat {
            scanner.skipSpace()
            let language = try text(orElse: "a string or a name")
            draft.lowercase(language)
            draft.literals.append(UInt8(ascii: "-"))
            draft.languages.append(draft.literal(from: Int(language.start)))
            scanner.skipSpace()
        } while scanner.consume(",")
        return .init(kind: .language, first: Int32(first), count: Int32(draft.languages.count - first))
    }

    private mutating func compounds(
        _ kind: CSSProgram.Test.Kind, inside function: CSSScanner.Name
    ) throws(SelectorError) -> CSSProgram.Test {
        let floor = draft.openCompounds.count
        repeat {
            scanner.skipSpace()
            let place = scanner.offset
            let compound = try compound(after: .descendant)
            guard scanner.offset > place else { throw scanner.expected("a selector") }
            if kind == .none, draft.hasNegation(compound) {
                throw scanner.expected("no :not() inside :not()", at: place)
            }
            if scanner.isAt(":") {
                let name = scanner.string(function, lowercased: true)
                throw scanner.expected("no pseudo-element inside :\(name)()")
            }
            draft.openCompounds.append(compound)
            scanner.skipSpace()
        } while scanner.consume(",")
        return draft.closeAlternatives(kind, above: floor)
    }

    private mutating func has() throws(SelectorError) -> CSSProgram.Test {
        let floor = draft.openTests.count
        repeat {
            scanner.skipSpace()
            let combinator = combinator() ?? .descendant
            scanner.skipSpace()
            try complexSelector(anchor: combinator)
            // Selectors inside a selector stand before it, so those of one `:has()` need not stand together.
            draft.openTests.append(.init(kind: .has, first: Int32(draft.selectors.count - 1), count: 1))
        } while scanner.consume(",")
        return draft.closeHas(above: floor)
    }
}

extension CSSProgram.Test {
    fileprivate init(_ progression: ArithmeticProgression, fromEnd: Bool, sameName: Bool) {
        self.init(
            kind: .position, fromEnd: fromEnd, sameName: sameName, first: Int32(progression.step),
            count: Int32(progression.start))
    }
}
