extension Pattern {
    /// The leftmost match from `start` on, in Unicode scalars.
    public func firstMatch(in text: String) -> PatternMatch? {
        firstMatch(in: Self.scalars(of: text), from: 0)
    }

    /// Whether it matches anywhere in the text.
    public func isFound(in text: String) -> Bool { firstMatch(in: text) != nil }

    /// All matches that do not overlap, from left to right.
    public func matches(in text: String) -> [PatternMatch] {
        let scalars = Self.scalars(of: text)
        var (matches, start): ([PatternMatch], Int) = ([], 0)
        while start <= scalars.count, let match = firstMatch(in: scalars, from: start), let range = match.ranges[0] {
            matches.append(match)
            start = range.isEmpty ? range.upperBound + 1 : range.upperBound
        }
        return matches
    }

    /// The text with every match replaced; `$1` … `$9` stand for groups, `$0` for the match.
    public func replacing(in text: String, with template: String) -> String {
        let scalars = Self.scalars(of: text)
        var (result, end) = (String.UnicodeScalarView(), 0)
        for match in matches(in: text) {
            guard let range = match.ranges[0] else { continue }
            result.append(contentsOf: scalars[end..<range.lowerBound])
            result.append(contentsOf: match.filled(template).unicodeScalars)
            end = range.upperBound
        }
        result.append(contentsOf: scalars[end...])
        return String(result)
    }

    private static func scalars(of text: String) -> [Unicode.Scalar] {
        Array(text.unicodeScalars.prefix(maximumTextLength))
    }

    private func firstMatch(in text: [Unicode.Scalar], from start: Int) -> PatternMatch? {
        var machine = PatternMachine(program: program, text: text)
        return machine.run(from: start).map { saved in
            let ranges: [Range<Int>?] = stride(from: 0, to: saved.count, by: 2).map {
                saved[$0] >= 0 && saved[$0 + 1] >= saved[$0] ? Int(saved[$0])..<Int(saved[$0 + 1]) : nil
            }
            return PatternMatch(ranges: ranges, text: text[...])
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
private struct PatternMachine {
    private struct Thread {
        let place: Int
        let saved: [Int32]
    }

    let program: PatternProgram
    let text: [Unicode.Scalar]
    /// The step at which an instruction was last reached, so that it is reached once per step.
    private var reached: [Int]
    private var threads: [Thread] = []

    init(program: PatternProgram, text: [Unicode.Scalar]) {
        self.program = program
        self.text = text
        reached = Array(repeating: -1, count: program.instructions.count)
    }

    mutating func run(from start: Int) -> [Int32]? {
        let none = [Int32](repeating: -1, count: 2 * (program.groups + 1))
        var best: [Int32]?
        var position = start
        while position <= text.count {
            if threads.isEmpty, best == nil, let beginnings = program.beginnings {
                guard let found = text[position...].firstIndex(where: beginnings.contains) else { return nil }
                position = found
            }
            if best == nil { add(0, none, at: position) }
            let current = threads
            threads = []
            guard !current.isEmpty else {
                if best != nil { return best }
                position += 1
                continue
            }
            if let matched = advance(current, over: position) { best = matched }
            position += 1
        }
        return best
    }

    /// Moves every thread over one character; the saved places of the preferred match, if there is one now.
    private mutating func advance(_ current: [Thread], over position: Int) -> [Int32]? {
        let scalar = position < text.count ? text[position] : nil
        for thread in current {
            let instruction = program.instructions[thread.place]
            // A match ends all threads that are less preferred; those before it may still find a longer one.
            if case .match = instruction { return thread.saved }
            if let scalar, instruction.consumes(scalar) { add(thread.place + 1, thread.saved, at: position + 1) }
        }
        return nil
    }

    /// Follows jumps and splits from a place, with a stack of its own so that no expression can exhaust the real one.
    private mutating func add(_ place: Int, _ saved: [Int32], at position: Int) {
        var stack = [(place, saved)]
        while let (place, saved) = stack.popLast() {
            guard reached[place] != position else { continue }
            reached[place] = position
            switch program.instructions[place] {
            case .jump(let target): stack.append((target, saved))
            case .split(let first, let second):
                stack.append((second, saved))
                stack.append((first, saved))
            case .save(let slot):
                var saved = saved
                saved[slot] = Int32(position)
                stack.append((place + 1, saved))
            case .start: if isStart(position) { stack.append((place + 1, saved)) }
            case .end: if isEnd(position) { stack.append((place + 1, saved)) }
            case .wordBoundary(let isOne): if isBoundary(position) == isOne { stack.append((place + 1, saved)) }
            default: threads.append(Thread(place: place, saved: saved))
            }
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
