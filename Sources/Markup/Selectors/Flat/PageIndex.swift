/// Which elements of a page have a name, an id, a class, or an attribute: made in one pass when the first selector comes.
///
/// A selector looks only at the elements that have its rarest part. Words point into the bytes of the tree, which therefore
/// is kept.
final class PageIndex {
    /// A page with more class words than this is searched without a list of them, so that the list never outgrows the page.
    static let maximumWords = 500_000

    private let tree: FlatTree
    /// The set of selectors whose parts are listed; nil when all are.
    private let wanted: WantedParts?
    private let lists: PageIndexPass.Lists
    /// Asked for what no selector of the set has.
    private lazy var whole = PageIndex(of: tree)
    private(set) lazy var positions = SiblingPositions(of: tree)

    /// - Parameter wanted: Lists only these parts.
    init(of tree: FlatTree, wanted: WantedParts? = nil) {
        self.tree = tree
        self.wanted = wanted
        var pass = PageIndexPass(over: tree, wanted: wanted)
        lists = tree.withView { pass.run(over: $0) }
    }

    /// The elements of a name within a range of nodes.
    func elements(named name: NameTable.ID, in range: Range<Int>) -> ArraySlice<Int32> {
        guard lists.nameKeys.indices.contains(Int(name)) else { return [] }
        let key = lists.nameKeys[Int(name)]
        guard key >= 0 else { return whole.elements(named: name, in: range) }
        return lists.names.list(key, in: range)
    }

    /// The elements that have an attribute.
    func elements(withAttribute name: NameTable.ID, in range: Range<Int>) -> ArraySlice<Int32> {
        guard lists.attributeKeys.indices.contains(Int(name)) else { return [] }
        let key = lists.attributeKeys[Int(name)]
        guard key >= 0 else { return whole.elements(withAttribute: name, in: range) }
        return lists.attributes.list(key, in: range)
    }

    /// The elements with an id; several where the page is wrong.
    func elements(withID id: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> ArraySlice<Int32> {
        let key = lists.idValues.find(id)
        if key < 0, wanted != nil { return whole.elements(withID: id, in: range) }
        return lists.ids.list(key, in: range)
    }

    /// The elements with a class word; nil where the words are not listed.
    func elements(withClass word: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> ArraySlice<Int32>? {
        guard let classes = lists.classes else { return nil }
        let key = lists.classWords.find(word)
        if key < 0, wanted != nil { return whole.elements(withClass: word, in: range) }
        return classes.list(key, in: range)
    }
}
