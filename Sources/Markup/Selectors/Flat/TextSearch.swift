/// Tells which elements contain a text.
///
/// The first few elements are searched one by one. Elements inside each other share their text, so when much has been
/// searched, the texts of the page are put together once and each wanted text is looked for once.
struct TextSearch {
    /// Bytes searched one by one before the texts are put together.
    private static let patience = 1 << 16

    private var searched = 0
    private var scratch: [UInt8] = []
    private var joined: JoinedText?
    private var known: [(wanted: UnsafePointer<UInt8>?, count: Int, firsts: [Int32])] = []

    /// Whether a text stands in what an element, document or text contains.
    ///
    /// - Parameter wanted: A text that stays where it is until the search is over.
    mutating func contains(
        _ wanted: UnsafeBufferPointer<UInt8>, inside node: Int, of tree: TreeView, budget: inout StepBudget
    ) throws(OutOfSteps) -> Bool {
        if wanted.isEmpty { return true }
        guard searched < Self.patience else {
            return try isKnown(wanted, inside: node, of: tree, budget: &budget)
        }
        scratch.removeAll(keepingCapacity: true)
        var only: UnsafeBufferPointer<UInt8>?
        let end = max(node + 1, tree.end(node))
        for inner in node..<end where tree.nodes[inner].isText {
            let content = tree.content(inner)
            if let first = only {
                if scratch.isEmpty { scratch.append(contentsOf: first) }
                scratch.append(contentsOf: content)
            } else {
                only = content
            }
        }
        let bytes = scratch.isEmpty ? only?.count ?? 0 : scratch.count
        searched += bytes + (end - node)
        try budget.charge(bytes: bytes)
        try budget.charge((end - node) >> 2)
        if scratch.isEmpty { return only.map { ByteMatching.firstIndex(of: wanted, in: $0) >= 0 } ?? false }
        return scratch.withUnsafeBufferPointer { ByteMatching.firstIndex(of: wanted, in: $0) >= 0 }
    }

    private mutating func isKnown(
        _ wanted: UnsafeBufferPointer<UInt8>, inside node: Int, of tree: TreeView, budget: inout StepBudget
    ) throws(OutOfSteps) -> Bool {
        let text = joined ?? JoinedText(of: tree)
        joined = text
        try budget.charge(1)
        let place: Int
        if let index = known.firstIndex(where: { $0.wanted == wanted.baseAddress && $0.count == wanted.count }) {
            place = index
        } else {
            try budget.charge(bytes: text.bytes.count)
            try budget.charge(tree.nodeCount >> 2)
            known.append((wanted.baseAddress, wanted.count, text.firstPlaces(of: wanted)))
            place = known.count - 1
        }
        let first = known[place].firsts[node]
        return first >= 0 && Int(first) + wanted.count <= Int(text.starts[max(node + 1, tree.end(node))])
    }
}

/// All texts of a page, one behind the other.
private struct JoinedText {
    let bytes: [UInt8]
    /// For each node the bytes of text before it; one more at the end.
    let starts: [Int32]

    init(of tree: TreeView) {
        var bytes: [UInt8] = []
        var starts: [Int32] = []
        starts.reserveCapacity(tree.nodeCount + 1)
        for node in 0..<tree.nodeCount {
            starts.append(Int32(truncatingIfNeeded: bytes.count))
            if tree.nodes[node].isText { bytes.append(contentsOf: tree.content(node)) }
        }
        starts.append(Int32(truncatingIfNeeded: bytes.count))
        self.bytes = bytes
        self.starts = starts
    }

    /// For each node where a text stands first at or behind the node's start; -1 where it does not.
    func firstPlaces(of wanted: UnsafeBufferPointer<UInt8>) -> [Int32] {
        var places: [Int32] = []
        places.reserveCapacity(starts.count)
        bytes.withUnsafeBufferPointer { bytes in
            var place = ByteMatching.firstIndex(of: wanted, in: bytes)
            for start in starts {
                if place >= 0, place < Int(start) {
                    place = ByteMatching.firstIndex(of: wanted, in: bytes, from: Int(start))
                }
                places.append(Int32(truncatingIfNeeded: place))
            }
        }
        return places
    }
}
