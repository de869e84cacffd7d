/// For each of many keys the elements that have it, in document order.
struct PostingLists {
    typealias Pair = (key: Int32, element: Int32)

    /// Where the list of a key starts among `elements`; one more at the end.
    private let starts: [Int32]
    private let elements: [Int32]

    /// Sorts pairs by their key; pairs of one key stay in their order.
    init(keys: Int, pairs: [Pair]) {
        var starts = [Int32](repeating: 0, count: keys + 1)
        var elements = [Int32](repeating: 0, count: pairs.count)
        starts.withUnsafeMutableBufferPointer { starts in
            for pair in pairs { starts[Int(pair.key) + 1] += 1 }
            for key in 0..<keys { starts[key + 1] += starts[key] }
            elements.withUnsafeMutableBufferPointer { elements in
                for pair in pairs {
                    elements[Int(starts[Int(pair.key)])] = pair.element
                    starts[Int(pair.key)] += 1
                }
            }
            // Filling moved each start to where the next begins.
            for key in stride(from: keys, to: 0, by: -1) { starts[key] = starts[key - 1] }
            if keys > 0 { starts[0] = 0 }
        }
        self.starts = starts
        self.elements = elements
    }

    /// The elements with a key within a range of nodes; none for a key that is unknown.
    func list(_ key: Int32, in range: Range<Int>) -> ArraySlice<Int32> {
        guard key >= 0, Int(key) + 1 < starts.count else { return [] }
        let all = elements[Int(starts[Int(key)])..<Int(starts[Int(key) + 1])]
        let start = Self.firstIndex(in: all, notBefore: range.lowerBound)
        return all[start..<Self.firstIndex(in: all[start...], notBefore: range.upperBound)]
    }

    private static func firstIndex(in list: ArraySlice<Int32>, notBefore node: Int) -> Int {
        if let first = list.first, Int(first) >= node { return list.startIndex }
        if let last = list.last, Int(last) < node { return list.endIndex }
        var (low, high) = (list.startIndex, list.endIndex)
        while low < high {
            let middle = (low + high) / 2
            if Int(list[middle]) < node { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
