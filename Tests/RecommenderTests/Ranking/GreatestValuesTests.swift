import TestSupport
import Testing

@testable import Recommender

@Suite("GreatestValues")
struct GreatestValuesTests {
    /// What the heap keeps of all values above 0, best first.
    private func kept(_ count: Int, of values: [Float]) -> [(item: Int32, value: Float)] {
        var selection = TopSelection(capacity: count)
        for (item, value) in values.enumerated() where value > 0 { selection.offer(Int32(item), score: value) }
        selection.sort()
        return zip(selection.items, selection.scores).map { ($0, $1) }
    }

    private func choose(_ count: Int, of values: [Float], _ selection: inout GreatestValues) {
        let padded = GreatestValues.paddedCount(values.count)
        var both = Array(repeating: Float(0), count: 2 * padded)
        for (item, value) in values.enumerated() { (both[2 * item], both[2 * item + 1]) = (value, 1_000) }
        // Every other value is of somebody else.
        both.withUnsafeBufferPointer { both in
            guard let base = both.baseAddress else { return }
            selection.choose(count, of: base, itemCount: padded, distance: 2)
        }
    }

    @Test(
        "what is chosen is what a heap keeps, with ties, zeros and values below 0",
        arguments: 1...60 as ClosedRange<UInt64>)
    func equalToHeap(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var selection = GreatestValues()
        for _ in 0..<20 {
            let length = Int.random(in: 1...700, using: &random)
            // Few different values, so that the last place is one of many equal ones.
            let steps = Int.random(in: 1...400, using: &random)
            let scale = Float.random(in: 1e-6...1e6, using: &random)
            let values = (0..<length).map { _ in Float(Int.random(in: -2...steps, using: &random)) * scale }
            let count = Int.random(in: 0...120, using: &random)
            choose(count, of: values, &selection)
            let expected = kept(count, of: values)
            #expect(selection.column.items == expected.map(\.item).sorted())
            selection.sort()
            #expect(selection.items == expected.map(\.item))
            #expect((0..<selection.count).map(selection.value) == expected.map(\.value))
        }
    }

    @Test("nothing is chosen of nothing, and all where there are few")
    func few() {
        var selection = GreatestValues()
        choose(5, of: [0, -1, 0], &selection)
        #expect(selection.count == 0)
        choose(5, of: [0, 2, .leastNonzeroMagnitude, 3], &selection)
        #expect(selection.column == SparseColumn(items: [1, 2, 3], weights: [2, .leastNonzeroMagnitude, 3]))
        choose(0, of: [1, 2], &selection)
        #expect(selection.count == 0)
    }

    @Test("the n-th greatest is the one at that place in order, and the bound is not above it")
    func nth() {
        var random = SplitMix64(seed: 3)
        var choice = NthGreatest()
        for _ in 0..<200 {
            let greatest = Int32.random(in: 1...Int32.max, using: &random)
            let numbers = (0..<Int.random(in: 1...90, using: &random)).map { _ in
                Int32.random(in: 0...greatest, using: &random)
            }
            let n = Int.random(in: 1...numbers.count, using: &random)
            let expected = numbers.sorted(by: >)[n - 1]
            #expect(choice.value(n, of: numbers) == expected)
            let bound = choice.bound(n, of: numbers)
            #expect(bound <= expected && expected - bound < 1 << 16)
            #expect(choice.value(numbers.count + 1, of: numbers) == 0)
        }
    }
}
