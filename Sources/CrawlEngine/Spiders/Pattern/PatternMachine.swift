/// Follows all possible matches at once, the preferred first; each instruction holds at most one of them.
struct PatternMachine {
    /// Places in the program, and what each way there has saved, one behind the other.
    private struct Threads {
        var places: [Int] = []
        var saved: [Int32] = []

        mutating func removeAll() {
            places.removeAll(keepingCapacity: true)
            saved.removeAll(keepingCapacity: true)
        }
    }

    private enum Task {
        case follow(Int)
        /// What was saved in a slot before, for the ways that do not pass the save.
        case restore(slot: Int, Int32)
    }

    let program: PatternProgram
    let text: [Unicode.Scalar]
    private let slots: Int
    /// The step at which an instruction was last reached, so that it is reached once per step.
    private var reached: [Int]
    private var current = Threads()
    private var next = Threads()
    /// What the way that is followed has saved.
    private var saved: [Int32]
    private var tasks: [Task] = []

    init(program: PatternProgram, text: [Unicode.Scalar]) {
        self.program = program
        self.text = text
        slots = 2 * (program.groups + 1)
        reached = Array(repeating: -1, count: program.instructions.count)
        saved = Array(repeating: -1, count: slots)
    }

    mutating func run(from start: Int) -> [Int32]? {
        var best: [Int32]?
        var position = start
        while position <= text.count {
            if next.places.isEmpty {
                if best != nil { return best }
                guard let found = firstBeginning(from: position) else { return nil }
                position = found
            }
            if best == nil {
                for slot in 0..<slots { saved[slot] = -1 }
                add(0, at: position)
            }
            swap(&current, &next)
            next.removeAll()
            if let matched = advance(over: position) { best = matched }
            position += 1
        }
        return best
    }

    /// The first place from which a match can begin; nil when there is none.
    private func firstBeginning(from position: Int) -> Int? {
        if program.beginsAtStart, position > 0 { return nil }
        guard let beginnings = program.beginnings, let ascii = program.steps.beginnings else { return position }
        var place = position
        while place < text.count {
            let scalar = text[place]
            if scalar.value < 0x80 ? ascii.contains(scalar.value) : beginnings.contains(scalar) { return place }
            place += 1
        }
        return nil
    }

    /// Moves every thread over one character; the saved places of the preferred match, if there is one now.
    private mutating func advance(over position: Int) -> [Int32]? {
        for (index, place) in current.places.enumerated() {
            let instruction = program.instructions[place]
            let first = index * slots
            // A match ends all threads that are less preferred; those before it may still find a longer one.
            if case .match = instruction { return Array(current.saved[first..<first + slots]) }
            guard position < text.count, instruction.consumes(text[position]) else { continue }
            for slot in 0..<slots { saved[slot] = current.saved[first + slot] }
            add(place + 1, at: position + 1)
        }
        return nil
    }

    /// Follows jumps and splits from a place, with a stack of its own so that no expression can exhaust the real one.
    private mutating func add(_ place: Int, at position: Int) {
        tasks.append(.follow(place))
        while let task = tasks.popLast() {
            switch task {
            case .restore(let slot, let before): saved[slot] = before
            case .follow(let place) where reached[place] != position:
                reached[place] = position
                follow(place, at: position)
            case .follow: break
            }
        }
    }

    private mutating func follow(_ place: Int, at position: Int) {
        switch program.instructions[place] {
        case .jump(let target): tasks.append(.follow(target))
        case .split(let first, let second):
            tasks.append(.follow(second))
            tasks.append(.follow(first))
        case .save(let slot):
            tasks.append(.restore(slot: slot, saved[slot]))
            saved[slot] = Int32(position)
            tasks.append(.follow(place + 1))
        case .start: if isStart(position) { tasks.append(.follow(place + 1)) }
        case .end: if isEnd(position) { tasks.append(.follow(place + 1)) }
        case .wordBoundary(let isOne): if isBoundary(position) == isOne { tasks.append(.follow(place + 1)) }
        default:
            next.places.append(place)
            next.saved.append(contentsOf: saved)
        }
    }

    private func isStart(_ position: Int) -> Bool {
        position == 0 || (program.options.anchorsMatchLines && text[position - 1] == "\n")
    }

    private func isEnd(_ position: Int) -> Bool {
        position == text.count || (program.options.anchorsMatchLines && text[position] == "\n")
    }

    private func isBoundary(_ position: Int) -> Bool {
        let before = position > 0 && text[position - 1].isWord
        let after = position < text.count && text[position].isWord
        return before != after
    }
}

extension PatternProgram.Instruction {
    fileprivate func consumes(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .scalar(let expected): expected == scalar
        case .set(let set): set.contains(scalar)
        case .any: true
        default: false
        }
    }
}
