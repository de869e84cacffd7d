/// Which elements of a page have a name, an id, a class, or an attribute: made in one pass when the first selector comes.
///
/// A selector looks only at the elements that have its rarest part. Words point into the bytes of the tree, which therefore
/// is kept.
final class PageIndex {
    /// A page with more class words than this is searched without a list of them, so that the list never outgrows the page.
    static let maximumWords = 500_000

    private let tree: FlatTree
    private let names: PostingLists
    private let attributes: PostingLists
    private let classWords: WordTable
    private let classes: PostingLists?
    private let idValues: WordTable
    private let ids: PostingLists
    private(set) lazy var positions = SiblingPositions(of: tree)

    init(of tree: FlatTree) {
        self.tree = tree
        var pass = PageIndexPass(tree)
        tree.withView { pass.run(over: $0) }
        names = PostingLists(keys: tree.names.count, pairs: pass.names)
        attributes = PostingLists(keys: tree.names.count, pairs: pass.attributes)
        ids = PostingLists(keys: pass.idValues.count, pairs: pass.ids)
        classes = pass.classes.map { PostingLists(keys: pass.classWords.count, pairs: $0) }
        classWords = pass.classWords
        idValues = pass.idValues
    }

    /// The elements of a name within a range of nodes.
    func elements(named name: NameTable.ID, in range: Range<Int>) -> ArraySlice<Int32> {
        names.list(name, from: range.lowerBound, to: range.upperBound)
    }

    /// The elements that have an attribute.
    func elements(withAttribute name: NameTable.ID, in range: Range<Int>) -> ArraySlice<Int32> {
        attributes.list(name, from: range.lowerBound, to: range.upperBound)
    }

    /// The elements with an id; several where the page is wrong.
    func elements(withID id: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> ArraySlice<Int32> {
        ids.list(idValues.find(id), from: range.lowerBound, to: range.upperBound)
    }

    /// The elements with a class word; nil where the words are not listed.
    func elements(withClass word: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> ArraySlice<Int32>? {
        classes?.list(classWords.find(word), from: range.lowerBound, to: range.upperBound)
    }
}

/// The pass that collects what a ``PageIndex`` lists.
private struct PageIndexPass {
    private static let idName = NameTable.html.find("id") ?? NameTable.none
    private static let className = NameTable.html.find("class") ?? NameTable.none

    private(set) var names: [(key: Int32, element: Int32)] = []
    private(set) var attributes: [(key: Int32, element: Int32)] = []
    private(set) var ids: [(key: Int32, element: Int32)] = []
    private(set) var classes: [(key: Int32, element: Int32)]? = []
    private(set) var classWords = WordTable(capacity: 256)
    /// For each class word the last element that has it, so that one written twice is listed once.
    private var lastElements: [Int32] = []
    private(set) var idValues = WordTable(capacity: 64)

    init(_ tree: FlatTree) {
        names.reserveCapacity(tree.nodes.count / 2)
        attributes.reserveCapacity(tree.attributes.count)
        classes?.reserveCapacity(tree.attributes.count)
    }

    mutating func run(over view: TreeView) {
        let (idName, className) = (Self.idName, Self.className)
        for node in 0..<view.nodeCount where view.nodes[node].kind == .element {
            let element = Int32(truncatingIfNeeded: node)
            names.append((view.nodes[node].name, element))
            let first = Int(view.nodes[node].first)
            for index in first..<first + Int(view.nodes[node].count) {
                let attribute = view.attributes[index]
                attributes.append((attribute.name, element))
                if attribute.name == className {
                    addWords(of: view.buffer(attribute.value), element: element)
                } else if attribute.name == idName {
                    ids.append((idValues.intern(view.buffer(attribute.value)), element))
                }
            }
        }
    }

    @inline(__always)
    private mutating func addWords(of value: UnsafeBufferPointer<UInt8>, element: Int32) {
        guard classes != nil else { return }
        var start = 0
        while true {
            while start < value.count, value[start].isASCIIWhitespace { start += 1 }
            guard start < value.count else { break }
            var end = start + 1
            while end < value.count, !value[end].isASCIIWhitespace { end += 1 }
            let word = classWords.intern(UnsafeBufferPointer(rebasing: value[start..<end]))
            if Int(word) == lastElements.count { lastElements.append(-1) }
            if lastElements[Int(word)] != element {
                lastElements[Int(word)] = element
                classes?.append((word, element))
            }
            start = end
        }
        if let count = classes?.count, count > PageIndex.maximumWords { classes = nil }
    }
}
