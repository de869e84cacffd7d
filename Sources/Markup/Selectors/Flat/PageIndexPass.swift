/// The pass that collects what a ``PageIndex`` lists.
struct PageIndexPass {
    struct Lists {
        /// For each name of the page the number of its list, or -1 where none is kept.
        let nameKeys: [Int32]
        let attributeKeys: [Int32]
        let names: PostingLists
        let attributes: PostingLists
        let idValues: WordTable
        let ids: PostingLists
        let classWords: WordTable
        let classes: PostingLists?
    }

    private static let idName = NameTable.html.find("id") ?? NameTable.none
    private static let className = NameTable.html.find("class") ?? NameTable.none

    private let takesAll: Bool
    private let nameKeys: [Int32]
    private let attributeKeys: [Int32]
    private var classWords: WordTable
    private var idValues: WordTable
    private var classShapes: WordShapes
    private var idShapes: WordShapes
    private var names: [PostingLists.Pair] = []
    private var attributes: [PostingLists.Pair] = []
    private var ids: [PostingLists.Pair] = []
    private var classes: [PostingLists.Pair] = []
    /// For each class word the last element that has it, so that one written twice is listed once.
    private var lastElements: [Int32]
    private var hasTooManyWords = false

    init(over tree: FlatTree, wanted: WantedParts?) {
        takesAll = wanted == nil
        let count = tree.names.count
        let all = wanted == nil ? (0..<Int32(count)).map { $0 } : []
        nameKeys = wanted?.names.keys(on: tree.names) ?? all
        attributeKeys = wanted?.attributes.keys(on: tree.names) ?? all
        classWords = wanted?.classWords ?? WordTable(capacity: 256)
        idValues = wanted?.ids ?? WordTable(capacity: 64)
        classShapes = wanted?.classShapes ?? .all
        idShapes = wanted?.idShapes ?? .all
        lastElements = Array(repeating: -1, count: classWords.count)
        names.reserveCapacity(tree.nodes.count / 3)
        attributes.reserveCapacity(tree.attributes.count)
        classes.reserveCapacity(tree.attributes.count)
    }

    mutating func run(over view: TreeView) -> Lists {
        nameKeys.withUnsafeBufferPointer { nameKeys in
            attributeKeys.withUnsafeBufferPointer { attributeKeys in
                collect(from: view, nameKeys, attributeKeys)
            }
        }
        let names = PostingLists(keys: nameKeys.count, pairs: names)
        return Lists(
            nameKeys: nameKeys, attributeKeys: attributeKeys, names: names,
            attributes: PostingLists(keys: attributeKeys.count, pairs: attributes), idValues: idValues,
            ids: PostingLists(keys: idValues.count, pairs: ids), classWords: classWords,
            classes: hasTooManyWords ? nil : PostingLists(keys: classWords.count, pairs: classes))
    }

    private mutating func collect(
        from view: TreeView, _ nameKeys: UnsafeBufferPointer<Int32>, _ attributeKeys: UnsafeBufferPointer<Int32>
    ) {
        let (idName, className) = (Self.idName, Self.className)
        for node in 0..<view.nodeCount where view.nodes[node].kind == .element {
            let element = Int32(truncatingIfNeeded: node)
            let key = nameKeys[Int(view.nodes[node].name)]
            if key >= 0 { names.append((key, element)) }
            let first = Int(view.nodes[node].first)
            let end = first + Int(view.nodes[node].count)
            var index = first
            while index < end {
                let name = view.attributes[index].name
                let key = attributeKeys[Int(name)]
                if key >= 0 { attributes.append((key, element)) }
                if name == className {
                    addWords(of: view.buffer(view.attributes[index].value), element: element)
                } else if name == idName {
                    addID(view.buffer(view.attributes[index].value), element: element)
                }
                index += 1
            }
        }
    }

    private mutating func addID(_ value: UnsafeBufferPointer<UInt8>, element: Int32) {
        guard idShapes.contain(value) else { return }
        let key = takesAll ? idValues.intern(value) : idValues.find(value)
        if key >= 0 { ids.append((key, element)) }
    }

    @inline(__always)
    private mutating func addWords(of value: UnsafeBufferPointer<UInt8>, element: Int32) {
        var start = 0
        while true {
            while start < value.count, value[start].isASCIIWhitespace { start += 1 }
            guard start < value.count else { return }
            var end = start + 1
            while end < value.count, !value[end].isASCIIWhitespace { end += 1 }
            addWord(UnsafeBufferPointer(rebasing: value[start..<end]), element: element)
            start = end
        }
    }

    @inline(__always)
    private mutating func addWord(_ word: UnsafeBufferPointer<UInt8>, element: Int32) {
        guard classShapes.contain(word), !hasTooManyWords else { return }
        let key = takesAll ? classWords.intern(word) : classWords.find(word)
        guard key >= 0 else { return }
        if Int(key) == lastElements.count { lastElements.append(-1) }
        guard lastElements[Int(key)] != element else { return }
        lastElements[Int(key)] = element
        classes.append((key, element))
        hasTooManyWords = classes.count > PageIndex.maximumWords
    }
}
