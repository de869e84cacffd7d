extension Pattern {
    /// The leftmost match from `start` on, in Unicode scalars.
    public func firstMatch(in text: String) -> PatternMatch? {
        mayBe(in: text) ? firstMatch(in: Self.scalars(of: text), from: 0) : nil
    }

    private func mayBe(in text: String) -> Bool {
        guard let literals = program.literals else { return true }
        var text = text
        return text.withUTF8(literals.mayBe)
    }

    /// The first group of the leftmost match, or the match when there are no groups; nil when there is no match, or the group took no part.
    ///
    /// The same as the ``PatternMatch/value`` of ``firstMatch(in:)``; for a short text of ASCII no list is made on the way.
    public func firstValue(in text: String) -> String? {
        var text = text
        let quick: Quick = text.withUTF8 { bytes in
            guard bytes.count <= Self.quickLength, bytes.allSatisfy({ $0 < 0x80 }) else { return .unknown }
            return withUnsafeTemporaryAllocation(of: Unicode.Scalar.self, capacity: bytes.count + 1) { scalars in
                for place in bytes.indices { scalars.initializeElement(at: place, to: Unicode.Scalar(bytes[place])) }
                let looked = UnsafeBufferPointer(rebasing: scalars[..<bytes.count])
                switch PatternBacktracker(program: program, text: looked).run(from: 0) {
                case .tooLarge: return .unknown
                case .nothing: return .value(nil)
                case .found(let saved):
                    let slot = groups > 0 ? 2 : 0
                    guard saved[slot] >= 0, saved[slot + 1] >= saved[slot] else { return .value(nil) }
                    let found = bytes[Int(saved[slot])..<Int(saved[slot + 1])]
                    return .value(String(decoding: UnsafeBufferPointer(rebasing: found), as: UTF8.self))
                }
            }
        }
        switch quick {
        case .value(let value): return value
        case .unknown: return firstMatch(in: text)?.value
        }
    }

    private enum Quick {
        case value(String?)
        case unknown
    }

    /// Bytes of a text that is looked at on the stack.
    private static let quickLength = 1_024

    /// Whether it matches anywhere in the text.
    public func isFound(in text: String) -> Bool { firstMatch(in: text) != nil }

    /// All matches that do not overlap, from left to right.
    public func matches(in text: String) -> [PatternMatch] {
        mayBe(in: text) ? matches(in: Self.scalars(of: text)) : []
    }

    private func matches(in scalars: [Unicode.Scalar]) -> [PatternMatch] {
        var (matches, start): ([PatternMatch], Int) = ([], 0)
        while start <= scalars.count, let match = firstMatch(in: scalars, from: start), let range = match.ranges[0] {
            matches.append(match)
            start = range.isEmpty ? range.upperBound + 1 : range.upperBound
        }
        return matches
    }

    /// The text with every match replaced; `$1` … `$9` stand for groups, `$0` for the match.
    public func replacing(in text: String, with template: String) -> String {
        replacingMatches(in: text, with: template)?.text ?? text
    }

    /// The same, and the matches; nil when there are none.
    func replacingMatches(in text: String, with template: String) -> (text: String, matches: [PatternMatch])? {
        guard mayBe(in: text) else { return nil }
        let scalars = Self.scalars(of: text)
        let matches = matches(in: scalars)
        guard !matches.isEmpty else { return nil }
        var (result, end) = (String.UnicodeScalarView(), 0)
        for match in matches {
            guard let range = match.ranges[0] else { continue }
            result.append(contentsOf: scalars[end..<range.lowerBound])
            result.append(contentsOf: match.filled(template).unicodeScalars)
            end = range.upperBound
        }
        result.append(contentsOf: scalars[end...])
        return (String(result), matches)
    }

    private static func scalars(of text: String) -> [Unicode.Scalar] {
        var text = text
        if let scalars = text.withUTF8(asciiScalars) { return scalars }
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            guard scalars.count < maximumTextLength else { break }
            scalars.append(scalar)
        }
        return scalars
    }

    /// Nil where one is not ASCII.
    private static func asciiScalars(_ bytes: UnsafeBufferPointer<UInt8>) -> [Unicode.Scalar]? {
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        return bytes.prefix(maximumTextLength).map { Unicode.Scalar($0) }
    }

    private func firstMatch(in text: [Unicode.Scalar], from start: Int) -> PatternMatch? {
        saved(in: text, from: start).map { saved in
            let ranges: [Range<Int>?] = stride(from: 0, to: saved.count, by: 2).map {
                saved[$0] >= 0 && saved[$0 + 1] >= saved[$0] ? Int(saved[$0])..<Int(saved[$0 + 1]) : nil
            }
            return PatternMatch(ranges: ranges, text: text[...])
        }
    }

    private func saved(in text: [Unicode.Scalar], from start: Int) -> [Int32]? {
        switch text.withUnsafeBufferPointer({ PatternBacktracker(program: program, text: $0).run(from: start) }) {
        case .found(let saved): return saved
        case .nothing: return nil
        case .tooLarge:
            var machine = PatternMachine(program: program, text: text)
            return machine.run(from: start)
        }
    }
}

extension PatternMatch {
    fileprivate func filled(_ template: String) -> String {
        var (result, isAfterDollar) = ("", false)
        for character in template {
            if isAfterDollar, let group = character.wholeNumberValue {
                result += self[group] ?? ""
                isAfterDollar = false
            } else if isAfterDollar {
                result += "$\(character)"
                isAfterDollar = false
            } else if character == "$" {
                isAfterDollar = true
            } else {
                result.append(character)
            }
        }
        return isAfterDollar ? result + "$" : result
    }
}

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
