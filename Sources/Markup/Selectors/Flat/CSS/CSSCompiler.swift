/// Writes a CSS selector list as a ``CSSProgram``, with the meaning of ``XPathTranslator``.
struct CSSCompiler {
    /// The arrays of the program while they grow.
    private struct Draft {
        var selectors: [CSSProgram.Selector] = []
        var compounds: [CSSProgram.Compound] = []
        var tests: [CSSProgram.Test] = []
        var keys: [IndexKey] = []
        var languages: [ByteSpan] = []
        var literals = LiteralPool()
        var names = NameList()
    }

    private var program = Draft()

    /// Compounds in a row; matching goes one deeper for each, and a thread's stack is small.
    static let maximumCompounds = 64

    /// The program; nil for a selector with more than ``maximumCompounds`` in a row.
    static func compile(_ list: CSSSelectorList) -> CSSProgram? {
        var compiler = CSSCompiler()
        let list = list.selectors.map { compiler.add($0, anchor: .descendant) }
        let program = compiler.program
        guard !program.selectors.contains(where: { $0.compoundCount > maximumCompounds }) else { return nil }
        return CSSProgram(
            selectors: FrozenArray(program.selectors), compounds: FrozenArray(program.compounds),
            tests: FrozenArray(program.tests), keys: FrozenArray(program.keys),
            languages: FrozenArray(program.languages), literals: FrozenArray(program.literals.bytes),
            names: program.names, list: list)
    }

    // MARK: Selectors

    private mutating func add(_ selector: CSSComplexSelector, anchor: CSSComplexSelector.Combinator) -> Int {
        let compounds = [selector.first] + selector.links.map(\.compound)
        let combinators = selector.links.map(\.combinator)
        var made: [CSSProgram.Compound] = []
        for index in compounds.indices.reversed() {
            let combinator = index > 0 ? combinators[index - 1] : .descendant
            made.append(compound(compounds[index], combinator: combinator))
            let keys = keys(of: made[made.count - 1])
            made[made.count - 1].firstKey = Int32(program.keys.count)
            made[made.count - 1].keyCount = Int32(keys.count)
            program.keys.append(contentsOf: keys)
        }
        let subject = compounds[compounds.count - 1]
        program.selectors.append(
            CSSProgram.Selector(
                firstCompound: Int32(program.compounds.count), compoundCount: Int32(made.count),
                isScoped: selector.isScoped,
                takesSelf: selector.pseudoElement != nil && subject.isUniversal && combinators.last == .descendant,
                pseudoElement: pseudoElement(selector.pseudoElement), anchor: anchor))
        program.compounds.append(contentsOf: made)
        return program.selectors.count - 1
    }

    private mutating func pseudoElement(_ pseudo: CSSComplexSelector.PseudoElement?) -> CSSProgram.PseudoElement {
        switch pseudo {
        case nil: .none
        case .text: .text
        case .attribute(let name): .attribute(program.names.reference(name))
        }
    }

    private func keys(of compound: CSSProgram.Compound) -> [IndexKey] {
        var keys: [IndexKey] = compound.name.isAny ? [] : [.name(compound.name)]
        for test in program.tests[Int(compound.firstTest)..<Int(compound.firstTest + compound.testCount)] {
            switch test.kind {
            case .id: return [.id(test.literal)]
            // A class written with white space in it, by an escape, is no word of the list.
            case .hasClass where !hasSpace(test.literal): keys.append(.hasClass(test.literal))
            case .attribute, .equals, .includesWord, .dashPrefix, .prefix, .suffix, .substring:
                keys.append(.attribute(test.name))
            default: break
            }
        }
        return keys
    }

    private func hasSpace(_ literal: ByteSpan) -> Bool {
        program.literals.bytes[Int(literal.start)..<Int(literal.start + literal.count)].contains(
            where: \.isASCIIWhitespace)
    }

    // MARK: Compounds

    private mutating func compound(
        _ compound: CSSCompound, combinator: CSSComplexSelector.Combinator
    ) -> CSSProgram.Compound {
        let name: NameReference
        switch compound.name {
        case .any: name = .any
        case .named(let text): name = program.names.reference(text)
        case .prefixed(let prefix, let text): name = program.names.reference("\(prefix):\(text)")
        }
        // Tests of tests come to stand before, so that those of this compound stand together.
        var tests: [CSSProgram.Test] = []
        for test in compound.tests { tests.append(self.test(test)) }
        tests.sort { $0.kind.rawValue < $1.kind.rawValue }
        let first = program.tests.count
        program.tests.append(contentsOf: tests)
        return CSSProgram.Compound(
            name: name, firstTest: Int32(first), testCount: Int32(tests.count), combinator: combinator)
    }

    private mutating func test(_ test: CSSTest) -> CSSProgram.Test {
        switch test {
        case .id(let id): .init(kind: .id, literal: program.literals.add(id))
        case .hasClass(let name): .init(kind: .hasClass, literal: program.literals.add(name))
        case .attribute(let test): attribute(test)
        case .position(let progression, let end, let siblings):
            .init(
                kind: .position, fromEnd: end == .end, sameName: siblings == .sameName,
                first: Int32(progression.step), count: Int32(progression.start))
        case .only(let siblings): .init(kind: .only, sameName: siblings == .sameName)
        case .root: .init(kind: .root)
        case .empty: .init(kind: .empty)
        case .state(let state): .init(kind: Self.kind(state))
        case .contains(let text): .init(kind: .contains, literal: program.literals.add(text))
        case .language(let languages): language(languages)
        case .any(let compounds): alternatives(.any, compounds)
        case .none(let compounds): alternatives(.none, compounds)
        case .has(let combinators, let selectors): has(combinators, selectors)
        }
    }

    private static func kind(_ state: CSSTest.State) -> CSSProgram.Test.Kind {
        switch state {
        case .checked: .checked
        case .disabled: .disabled
        case .enabled: .enabled
        case .link: .link
        case .active, .focus, .hover, .target, .visited: .never
        }
    }

    private mutating func attribute(_ test: CSSAttributeTest) -> CSSProgram.Test {
        let name = program.names.reference(test.prefix.map { "\($0):\(test.name)" } ?? test.name)
        guard let match = test.match else { return .init(kind: .attribute, name: name) }
        let value = test.ignoresCase ? test.value.asciiLowercased : test.value
        let kind: CSSProgram.Test.Kind
        switch match {
        case .equals: kind = .equals
        case .differs: kind = .differs
        case .dashPrefix: kind = .dashPrefix
        case .includesWord: kind = value.isEmpty || value.contains(where: \.isASCIIWhitespace) ? .never : .includesWord
        case .prefix: kind = value.isEmpty ? .never : .prefix
        case .suffix: kind = value.isEmpty ? .never : .suffix
        case .substring: kind = value.isEmpty ? .never : .substring
        }
        return .init(kind: kind, ignoresCase: test.ignoresCase, name: name, literal: program.literals.add(value))
    }

    private mutating func language(_ languages: [String]) -> CSSProgram.Test {
        let first = program.languages.count
        for language in languages { program.languages.append(program.literals.add(language.asciiLowercased + "-")) }
        return .init(kind: .language, first: Int32(first), count: Int32(languages.count))
    }

    private mutating func alternatives(
        _ kind: CSSProgram.Test.Kind, _ compounds: [CSSCompound]
    ) -> CSSProgram.Test {
        var made: [CSSProgram.Compound] = []
        for compound in compounds { made.append(self.compound(compound, combinator: .descendant)) }
        let first = program.compounds.count
        program.compounds.append(contentsOf: made)
        return .init(kind: kind, first: Int32(first), count: Int32(made.count))
    }

    private mutating func has(
        _ combinators: [CSSComplexSelector.Combinator], _ selectors: [CSSComplexSelector]
    ) -> CSSProgram.Test {
        var made: [CSSProgram.Test] = []
        for (combinator, selector) in zip(combinators, selectors) {
            let number = add(selector, anchor: combinator)
            made.append(.init(kind: .has, first: Int32(number), count: 1))
        }
        // Selectors inside a selector stand before it, so those of one `:has()` need not stand together.
        guard made.count > 1 else { return made.first ?? .init(kind: .never) }
        var compounds: [CSSProgram.Compound] = []
        for test in made {
            compounds.append(
                .init(name: .any, firstTest: Int32(program.tests.count), testCount: 1, combinator: .descendant))
            program.tests.append(test)
        }
        let first = program.compounds.count
        program.compounds.append(contentsOf: compounds)
        return .init(kind: .any, first: Int32(first), count: Int32(compounds.count))
    }
}
