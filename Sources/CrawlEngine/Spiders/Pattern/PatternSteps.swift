/// A pattern's program in a form that is quick to walk through: one value of fixed size for each instruction.
struct PatternSteps: Sendable {
    enum Kind: UInt8, Sendable {
        case scalar, set, any, start, end, boundary, noBoundary, split, jump, save, match
    }

    /// One instruction.
    struct Step: Sendable {
        var kind: Kind
        /// The scalar, the slot, or the first target.
        var first: Int32 = 0
        /// The second target.
        var second: Int32 = 0
        /// Which ASCII characters a set holds.
        var ascii = ASCIISet()
    }

    /// The ASCII part of a set.
    struct ASCIISet: Sendable {
        private var low: UInt64 = 0
        private var high: UInt64 = 0

        init() {}

        init(_ set: ScalarSet) {
            for value: UInt32 in 0..<128 {
                guard let scalar = Unicode.Scalar(value), set.contains(scalar) else { continue }
                if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value - 64) }
            }
        }

        @inline(__always)
        func contains(_ value: UInt32) -> Bool {
            (value < 64 ? low >> UInt64(value) : high >> UInt64(value & 63)) & 1 != 0
        }
    }

    let steps: [Step]
    /// The ASCII characters that a match can begin with; nil where that is not known.
    let beginnings: ASCIISet?

    init(_ instructions: [PatternProgram.Instruction], beginnings: ScalarSet?) {
        steps = instructions.map(Self.step)
        self.beginnings = beginnings.map(ASCIISet.init)
    }

    private static func step(_ instruction: PatternProgram.Instruction) -> Step {
        switch instruction {
        case .scalar(let scalar): Step(kind: .scalar, first: Int32(bitPattern: scalar.value))
        case .set(let set): Step(kind: .set, ascii: ASCIISet(set))
        case .any: Step(kind: .any)
        case .start: Step(kind: .start)
        case .end: Step(kind: .end)
        case .wordBoundary(let isOne): Step(kind: isOne ? .boundary : .noBoundary)
        case .split(let first, let second): Step(kind: .split, first: Int32(first), second: Int32(second))
        case .jump(let target): Step(kind: .jump, first: Int32(target))
        case .save(let slot): Step(kind: .save, first: Int32(slot))
        case .match: Step(kind: .match)
        }
    }
}
