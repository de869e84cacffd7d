/// Follows one way after the other, the preferred first, and none twice: each place of the program is tried once at each place of the text.
///
/// So its time is linear in the text as ``PatternMachine``'s is, and it finds the same; but it needs a bit for each pair of places, and is
/// only for texts and expressions that are short, which nearly all are. There it is several times as fast.
///
/// Source: RE2's BitState, as described in Cox, "Regular Expression Matching in the Wild", 2010.
struct PatternBacktracker {
    /// Words of bits at most, which must be cleared for each search.
    private static let maximumWords = 8_192
    /// The same for a search behind an earlier match: a text may have as many of them as characters.
    private static let maximumWordsBehind = 1_024
    /// Ways that wait to be tried at most, and how many are first made room for: 1,024 bytes, more than which are not taken from the stack.
    private static let maximumWaiting = 512
    private static let usualWaiting = 128

    /// What a search came to.
    enum Outcome {
        case found([Int32])
        case nothing
        /// More than fits; the other machine must be asked.
        case tooLarge
    }

    let program: PatternProgram
    let text: UnsafeBufferPointer<Unicode.Scalar>

    /// The leftmost match from a place on.
    func run(from start: Int) -> Outcome {
        let columns = text.count - start + 1
        let words = (program.steps.steps.count * columns + 63) / 64
        guard columns > 0, words <= (start == 0 ? Self.maximumWords : Self.maximumWordsBehind) else {
            return columns > 0 ? .tooLarge : .nothing
        }
        var saved = [Int32](repeating: -1, count: 2 * (program.groups + 1))
        let found =
            search(from: start, words, waiting: Self.usualWaiting, &saved)
            ?? search(from: start, words, waiting: Self.maximumWaiting, &saved)
        return found.map { $0 ? .found(saved) : .nothing } ?? .tooLarge
    }

    /// The same with so many words of bits, and room for so many waiting ways.
    private func search(from start: Int, _ words: Int, waiting room: Int, _ saved: inout [Int32]) -> Bool? {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words) { visited in
            visited.initialize(repeating: 0)
            return withUnsafeTemporaryAllocation(of: Waiting.self, capacity: room) { waiting in
                saved.withUnsafeMutableBufferPointer { saved in
                    program.steps.steps.withUnsafeBufferPointer { steps in
                        search(from: start, steps, visited, waiting, saved)
                    }
                }
            }
        }
    }

    /// A way to be tried, or, with a place below 0, a slot (-1 - place) that gets its former value back.
    private struct Waiting {
        var place: Int32
        var value: Int32
    }

    /// Whether there is a match; nil when too many ways wait.
    private func search(
        from start: Int, _ steps: UnsafeBufferPointer<PatternSteps.Step>, _ visited: UnsafeMutableBufferPointer<UInt64>,
        _ waiting: UnsafeMutableBufferPointer<Waiting>, _ saved: UnsafeMutableBufferPointer<Int32>
    ) -> Bool? {
        let columns = text.count - start + 1
        var begin = start
        while let next = firstBeginning(from: begin) {
            for slot in saved.indices { saved[slot] = -1 }
            var count = 1
            waiting[0] = Waiting(place: 0, value: Int32(next))
            while count > 0 {
                count -= 1
                let way = waiting[count]
                guard way.place >= 0 else {
                    saved[Int(-1 - way.place)] = way.value
                    continue
                }
                var (place, position) = (Int(way.place), Int(way.value))
                following: while true {
                    let bit = place * columns + position - start
                    guard visited[bit >> 6] & (1 << UInt64(bit & 63)) == 0 else { break }
                    visited[bit >> 6] |= 1 << UInt64(bit & 63)
                    let step = steps[place]
                    switch step.kind {
                    case .scalar:
                        guard position < text.count, text[position].value == UInt32(bitPattern: step.first) else {
                            break following
                        }
                        position += 1
                    case .set:
                        guard position < text.count, contains(step, place, text[position]) else { break following }
                        position += 1
                    case .any:
                        guard position < text.count else { break following }
                        position += 1
                    case .start: guard isStart(position) else { break following }
                    case .end: guard isEnd(position) else { break following }
                    case .boundary: guard isBoundary(position) else { break following }
                    case .noBoundary: guard !isBoundary(position) else { break following }
                    case .split:
                        guard count < waiting.count else { return nil }
                        waiting[count] = Waiting(place: step.second, value: Int32(position))
                        count += 1
                        place = Int(step.first)
                        continue following
                    case .jump:
                        place = Int(step.first)
                        continue following
                    case .save:
                        guard count < waiting.count else { return nil }
                        waiting[count] = Waiting(place: -1 - step.first, value: saved[Int(step.first)])
                        count += 1
                        saved[Int(step.first)] = Int32(position)
                    case .match: return true
                    }
                    place += 1
                }
            }
            begin = next + 1
        }
        return false
    }

    @inline(__always)
    private func contains(_ step: PatternSteps.Step, _ place: Int, _ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return step.ascii.contains(scalar.value) }
        guard case .set(let set) = program.instructions[place] else { return false }
        return set.contains(scalar)
    }

    /// The first place from which a match can begin; nil when there is none.
    private func firstBeginning(from position: Int) -> Int? {
        guard position <= text.count, !program.beginsAtStart || position == 0 else { return nil }
        guard let beginnings = program.beginnings, let ascii = program.steps.beginnings else { return position }
        var place = position
        while place < text.count {
            let value = text[place].value
            if value < 0x80 ? ascii.contains(value) : beginnings.contains(text[place]) { return place }
            place += 1
        }
        return nil
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
