/// A regular expression as a program for the matching machine; shared, as a pattern is handed about for every value of a page.
final class PatternProgram: Sendable {
    enum Instruction: Sendable {
        case scalar(Unicode.Scalar)
        case set(ScalarSet)
        case any
        case start, end
        case wordBoundary(Bool)
        /// Go on at both places, the first preferred.
        case split(Int, Int)
        case jump(Int)
        case save(Int)
        case match
    }

    let instructions: [Instruction]
    let options: PatternParser.Options
    let groups: Int
    /// The characters a match can begin with, where that is known; lets the machine skip ahead.
    let beginnings: ScalarSet?
    /// The instructions in a form that is quick to walk through.
    let steps: PatternSteps
    /// What every match holds, where that is known.
    let literals: PatternLiterals?
    /// Whether a match can only begin at the start of the text.
    let beginsAtStart: Bool

    init(_ syntax: PatternSyntax, options: PatternParser.Options, groups: Int) throws(PatternError) {
        var compiler = PatternCompiler(options: options)
        try compiler.compileWhole(syntax)
        instructions = compiler.instructions
        self.options = options
        self.groups = groups
        literals = PatternLiterals(syntax, options: options)
        beginnings = Self.beginnings(of: instructions)
        steps = PatternSteps(instructions, beginnings: beginnings)
        if !options.anchorsMatchLines, instructions.count > 1, case .start = instructions[1] {
            beginsAtStart = true
        } else {
            beginsAtStart = false
        }
    }

    /// What can be consumed first; nil when a match can be empty or begin with anything.
    private static func beginnings(of instructions: [Instruction]) -> ScalarSet? {
        var (places, seen, found) = ([0], Set<Int>(), ScalarSet())
        while let place = places.popLast() {
            guard seen.insert(place).inserted else { continue }
            switch instructions[place] {
            case .scalar(let scalar): found.ranges.append(scalar.value...scalar.value)
            case .set(let set) where !set.isNegated:
                found.ranges += set.ranges
                found.named += set.named
            case .set, .any, .match: return nil
            case .jump(let target): places.append(target)
            case .split(let first, let second): places += [first, second]
            case .save, .start, .end, .wordBoundary: places.append(place + 1)
            }
        }
        return found
    }
}
