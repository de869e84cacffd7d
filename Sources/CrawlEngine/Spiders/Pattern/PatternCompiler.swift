/// Writes a regular expression out as instructions.
struct PatternCompiler {
    typealias Instruction = PatternProgram.Instruction

    static let maximumInstructions = 20_000

    private(set) var instructions: [Instruction] = []
    private let options: PatternParser.Options

    init(options: PatternParser.Options) { self.options = options }

    /// Compiles an expression so that slots 0 and 1 hold where its match begins and ends.
    mutating func compileWhole(_ syntax: PatternSyntax) throws(PatternError) {
        try emit(.save(0))
        try compile(syntax)
        try emit(.save(1))
        try emit(.match)
    }

    @discardableResult
    private mutating func emit(_ instruction: Instruction) throws(PatternError) -> Int {
        guard instructions.count < Self.maximumInstructions else {
            throw PatternError(offset: 0, message: "the expression is too large once its repetitions are written out")
        }
        instructions.append(instruction)
        return instructions.count - 1
    }

    private mutating func compile(_ syntax: PatternSyntax) throws(PatternError) {
        switch syntax {
        case .scalar(let scalar): try emit(literal(scalar))
        case .set(let set): try emit(.set(options.ignoresCase ? set.ignoringCase : set))
        case .any: try emit(options.dotMatchesNewline ? .any : .set(ScalarSet(ranges: [10...10], isNegated: true)))
        case .start: try emit(.start)
        case .end: try emit(.end)
        case .wordBoundary(let isOne): try emit(.wordBoundary(isOne))
        case .group(nil, let inner): try compile(inner)
        case .group(let number?, let inner):
            try emit(.save(2 * number))
            try compile(inner)
            try emit(.save(2 * number + 1))
        case .sequence(let parts): for part in parts { try compile(part) }
        case .alternatives(let branches): try compile(branches)
        case .repeated(let part, let range, let isLazy): try compile(part, range, isLazy: isLazy)
        }
    }

    private func literal(_ scalar: Unicode.Scalar) -> Instruction {
        guard options.ignoresCase, scalar.caseVariants.count > 1 else { return .scalar(scalar) }
        return .set(ScalarSet(ranges: scalar.caseVariants.map { $0.value...$0.value }))
    }

    private mutating func compile(_ branches: [PatternSyntax]) throws(PatternError) {
        var jumps: [Int] = []
        for (index, branch) in branches.enumerated() {
            guard index < branches.count - 1 else {
                try compile(branch)
                break
            }
            let split = try emit(.jump(0))
            try compile(branch)
            jumps.append(try emit(.jump(0)))
            instructions[split] = .split(split + 1, instructions.count)
        }
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
    }

    private mutating func compile(_ part: PatternSyntax, _ range: ClosedRange<Int>, isLazy: Bool) throws(PatternError) {
        for _ in 0..<range.lowerBound { try compile(part) }
        if range.upperBound == Int.max {
            let split = try emit(.jump(0))
            try compile(part)
            try emit(.jump(split))
            instructions[split] = fork(split + 1, instructions.count, isLazy: isLazy)
        } else {
            var splits: [Int] = []
            for _ in range.lowerBound..<range.upperBound {
                splits.append(try emit(.jump(0)))
                try compile(part)
            }
            for split in splits { instructions[split] = fork(split + 1, instructions.count, isLazy: isLazy) }
        }
    }

    private func fork(_ inside: Int, _ after: Int, isLazy: Bool) -> Instruction {
        isLazy ? .split(after, inside) : .split(inside, after)
    }
}

extension ScalarSet {
    /// The set with the other case of its characters; ranges of up to 512 characters are widened one by one.
    var ignoringCase: ScalarSet {
        var set = self
        for range in ranges where range.count <= 512 {
            for value in range {
                let variants = Unicode.Scalar(value)?.caseVariants.dropFirst() ?? []
                set.ranges += variants.map { $0.value...$0.value }
            }
        }
        return set
    }
}
