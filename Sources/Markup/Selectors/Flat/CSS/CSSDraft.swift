import Synchronization

/// The arrays of a ``CSSProgram`` while the selector is read.
///
/// Parts of a compound must stand together, and so must the compounds of a selector, but functions write others between
/// them; what is not complete therefore waits on a stack.
struct CSSDraft: ~Copyable {
    private(set) var selectors: [CSSProgram.Selector] = []
    private(set) var compounds: [CSSProgram.Compound] = []
    private(set) var tests: [CSSProgram.Test] = []
    private(set) var keys: [IndexKey] = []
    var languages: [ByteSpan] = []
    var literals: [UInt8] = []
    var names = NameList()

    /// Compounds and tests that wait for the end of what they are part of; the innermost are last.
    var openCompounds: [CSSProgram.Compound] = []
    var openTests: [CSSProgram.Test] = []

    // MARK: Compounds

    /// Adds a test to the open ones, cheap ones first.
    mutating func open(_ test: CSSProgram.Test, above floor: Int) {
        var place = openTests.count
        openTests.append(test)
        while place > floor, openTests[place - 1].kind.rawValue > test.kind.rawValue {
            openTests.swapAt(place, place - 1)
            place -= 1
        }
    }

    /// Makes a compound of the open tests above a number of others.
    mutating func closeCompound(
        _ name: NameReference, above floor: Int, after combinator: CSSProgram.Combinator
    ) -> CSSProgram.Compound {
        let first = tests.count
        for index in floor..<openTests.count { tests.append(openTests[index]) }
        openTests.removeLast(openTests.count - floor)
        return .init(
            name: name, firstTest: Int32(first), testCount: Int32(tests.count - first), combinator: combinator)
    }

    func hasNegation(_ compound: CSSProgram.Compound) -> Bool {
        tests[compound.testRange].contains { $0.kind == .none }
    }

    // MARK: Selectors

    /// Makes a selector of the open compounds above a number of others.
    mutating func closeSelector(
        above floor: Int, isScoped: Bool, isListed: Bool, pseudoElement: CSSProgram.PseudoElement,
        anchor: CSSProgram.Combinator
    ) {
        let first = compounds.count
        while openCompounds.count > floor {
            var compound = openCompounds.removeLast()
            addKeys(of: &compound)
            compounds.append(compound)
        }
        let count = compounds.count - first
        let takesSelf =
            pseudoElement != .none && count > 1 && compounds[first].isUniversal
            && compounds[first].combinator == .descendant
        selectors.append(
            .init(
                firstCompound: Int32(first), compoundCount: Int32(count), isScoped: isScoped, isListed: isListed,
                takesSelf: takesSelf, pseudoElement: pseudoElement, anchor: anchor))
    }

    private mutating func addKeys(of compound: inout CSSProgram.Compound) {
        let first = keys.count
        defer {
            compound.firstKey = Int32(first)
            compound.keyCount = Int32(keys.count - first)
        }
        if !compound.name.isAny { keys.append(.name(compound.name)) }
        for index in compound.testRange {
            let test = tests[index]
            switch test.kind {
            case .id:
                keys.removeLast(keys.count - first)
                keys.append(.id(test.literal))
                return
            // A class written with white space in it, by an escape, is no word of the list.
            case .hasClass where !hasSpace(test.literal): keys.append(.hasClass(test.literal))
            case .attribute, .equals, .includesWord, .dashPrefix, .prefix, .suffix, .substring:
                keys.append(.attribute(test.name))
            default: break
            }
        }
    }

    // MARK: Functions

    /// A test that one of the open compounds above a number of others passes, or none.
    mutating func closeAlternatives(_ kind: CSSProgram.Test.Kind, above floor: Int) -> CSSProgram.Test {
        let first = compounds.count
        for index in floor..<openCompounds.count { compounds.append(openCompounds[index]) }
        openCompounds.removeLast(openCompounds.count - floor)
        return .init(kind: kind, first: Int32(first), count: Int32(compounds.count - first))
    }

    /// A test that one of the open tests above a number of others passes.
    mutating func closeHas(above floor: Int) -> CSSProgram.Test {
        if openTests.count == floor + 1 { return openTests.removeLast() }
        let first = compounds.count
        for index in floor..<openTests.count {
            compounds.append(
                .init(name: .any, firstTest: Int32(tests.count), testCount: 1, combinator: .descendant))
            tests.append(openTests[index])
        }
        openTests.removeLast(openTests.count - floor)
        return .init(kind: .any, first: Int32(first), count: Int32(compounds.count - first))
    }

    // MARK: Texts

    /// What was added to the texts since there were so many bytes.
    func literal(from start: Int) -> ByteSpan {
        ByteSpan(start: UInt32(start), count: UInt32(literals.count - start))
    }

    mutating func lowercase(_ literal: ByteSpan) {
        for index in literal.range { literals[index] = literals[index].asciiLowercased }
    }

    func hasSpace(_ literal: ByteSpan) -> Bool { literals[literal.range].contains(where: \.isASCIIWhitespace) }
}

// MARK: Reuse

extension CSSDraft {
    /// An empty draft that the next selector is read into, whose arrays need not grow again.
    private static let spare = Mutex<CSSDraft?>(nil)

    static func take() -> CSSDraft { spare.withLock { $0.take() } ?? CSSDraft() }

    /// Keeps the memory for another selector.
    consuming func giveBack() {
        selectors.removeAll(keepingCapacity: true)
        compounds.removeAll(keepingCapacity: true)
        tests.removeAll(keepingCapacity: true)
        keys.removeAll(keepingCapacity: true)
        languages.removeAll(keepingCapacity: true)
        literals.removeAll(keepingCapacity: true)
        openCompounds.removeAll(keepingCapacity: true)
        openTests.removeAll(keepingCapacity: true)
        names = NameList()
        var empty: CSSDraft? = consume self
        Self.spare.withLock { swap(&$0, &empty) }
    }
}
