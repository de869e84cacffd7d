/// Puts together a ``FlatTree``, node by node in the order of the page.
///
/// Texts are given as places in the page, which stay where they are; only what reads otherwise than it is written is copied.
struct FlatTreeBuilder: ~Copyable {
    private struct Open: BitwiseCopyable {
        let node: Int
        var lastChild: Int32 = -1
    }

    private(set) var nodes: GrowingBlock<FlatNode>
    private var attributes: GrowingBlock<FlatAttribute>
    var names: NameTable
    private var open = GrowingBlock<Open>(capacity: 64)
    /// Texts written anew; they come to stand behind the page.
    private var made = GrowingBlock<UInt8>(capacity: 1_024)
    /// Where `made` will start.
    private let madeStart: Int
    /// Whether a node was added to an element that was closed, so that nodes are not in document order.
    private var isOutOfOrder = false

    /// - Parameter pageBytes: The bytes of the page, which are put in front of texts written anew.
    init(names: NameTable, pageBytes: Int) {
        self.names = names
        madeStart = pageBytes
        nodes = GrowingBlock(capacity: max(64, pageBytes / 32))
        attributes = GrowingBlock(capacity: max(64, pageBytes / 40))
        push(
            .init(
                kind: .document, name: NameTable.none, parent: -1, previous: -1, end: 0, first: 0, count: 0, offset: 0))
    }

    private mutating func push(_ node: FlatNode) {
        open.append(Open(node: nodes.count))
        nodes.append(node)
    }

    // MARK: Elements

    /// The number of elements that are open, the document not counted.
    var depth: Int { open.count - 1 }

    /// Opens an element inside the one opened last; its attributes follow.
    @inline(__always)
    mutating func openElement(_ name: NameTable.ID, at offset: Int) {
        let parent = open.count - 1
        let node = FlatNode(
            kind: .element, name: name, parent: Int32(truncatingIfNeeded: open[parent].node),
            previous: open[parent].lastChild, end: 0, first: UInt32(truncatingIfNeeded: attributes.count), count: 0,
            offset: UInt32(truncatingIfNeeded: offset))
        open[parent].lastChild = Int32(truncatingIfNeeded: nodes.count)
        push(node)
    }

    /// Opens an element inside an earlier one that is closed.
    mutating func openElement(_ name: NameTable.ID, inside parent: Int, at offset: Int) {
        isOutOfOrder = true
        push(
            FlatNode(
                kind: .element, name: name, parent: Int32(parent), previous: -1, end: 0,
                first: UInt32(attributes.count), count: 0, offset: UInt32(offset)))
    }

    /// Adds an attribute to the element opened last.
    @inline(__always)
    mutating func addAttribute(_ name: NameTable.ID, _ value: ByteSpan) {
        let owner = nodes.count - 1
        attributes.append(FlatAttribute(name: name, owner: Int32(truncatingIfNeeded: owner), value: value))
        nodes[owner].count += 1
    }

    /// Whether the element opened last has an attribute of this name.
    @inline(__always)
    func hasAttribute(_ name: NameTable.ID) -> Bool {
        for index in Int(nodes[nodes.count - 1].first)..<attributes.count where attributes[index].name == name {
            return true
        }
        return false
    }

    /// Closes the element opened last.
    @inline(__always)
    mutating func closeElement() {
        guard open.count > 1 else { return }
        let closed = open[open.count - 1]
        open.removeLast()
        nodes[closed.node].end = Int32(truncatingIfNeeded: nodes.count)
    }

    /// Takes back the element opened last, of which nothing but attributes was added.
    mutating func dropElement() {
        guard open.count > 1, let dropped = open.last else { return }
        open.removeLast()
        guard dropped.node == nodes.count - 1 else { return }
        attributes.removeLast(attributes.count - Int(nodes[dropped.node].first))
        open[open.count - 1].lastChild = nodes[dropped.node].previous
        nodes.removeLast()
    }

    // MARK: Leaves

    /// Adds text to the element opened last; text that follows text of its kind is joined with it.
    ///
    /// - Returns: The number of bytes the text has now.
    @discardableResult
    mutating func addText(_ text: ByteSpan, kind: FlatNode.Kind, page: UnsafePointer<UInt8>) -> Int {
        guard text.count > 0 else { return 0 }
        guard let last = lastText(kind) else {
            addLeaf(kind, NameTable.none, text, at: Int(text.start))
            return Int(text.count)
        }
        if nodes[last].first + nodes[last].count != text.start {
            moveToEnd(last, page: page)
            made.append(contentsOf: UnsafeBufferPointer(start: page + Int(text.start), count: Int(text.count)))
        }
        nodes[last].count += text.count
        return Int(nodes[last].count)
    }

    /// Adds a character that the page writes as a reference, as ``addText(_:kind:page:)`` does.
    mutating func addCharacter(_ scalar: Unicode.Scalar, at offset: Int, page: UnsafePointer<UInt8>) {
        let start: Int
        if let last = lastText(.text) {
            moveToEnd(last, page: page)
            start = madeEnd
            make(scalar)
            nodes[last].count += UInt32(madeEnd - start)
        } else {
            start = madeEnd
            make(scalar)
            addLeaf(.text, NameTable.none, made(since: start), at: offset)
        }
    }

    private func lastText(_ kind: FlatNode.Kind) -> Int? {
        let last = Int(open[open.count - 1].lastChild)
        return last >= 0 && nodes[last].kind == kind ? last : nil
    }

    /// Copies a text to the end of what was made, unless it is there, so that more can be put behind it.
    private mutating func moveToEnd(_ node: Int, page: UnsafePointer<UInt8>) {
        let text = ByteSpan(start: nodes[node].first, count: nodes[node].count)
        guard Int(text.start) < madeStart || Int(text.start + text.count) != madeEnd else { return }
        let start = UInt32(madeEnd)
        if Int(text.start) < madeStart {
            made.append(contentsOf: UnsafeBufferPointer(start: page + Int(text.start), count: Int(text.count)))
        } else {
            let from = Int(text.start) - madeStart
            made.append(copyOf: from..<from + Int(text.count))
        }
        nodes[node].first = start
    }

    /// Adds a comment, an instruction, or a text that stands alone.
    mutating func addLeaf(_ kind: FlatNode.Kind, _ name: NameTable.ID, _ content: ByteSpan, at offset: Int) {
        let parent = open.count - 1
        let end = Int32(truncatingIfNeeded: nodes.count + 1)
        nodes.append(
            FlatNode(
                kind: kind, name: name, parent: Int32(truncatingIfNeeded: open[parent].node),
                previous: open[parent].lastChild, end: end, first: content.start, count: content.count,
                offset: UInt32(truncatingIfNeeded: offset)))
        open[parent].lastChild = end - 1
    }

    // MARK: Texts written anew

    /// Where the next byte that is made will stand.
    var madeEnd: Int { madeStart + made.count }

    @inline(__always)
    mutating func make(_ byte: UInt8) { made.append(byte) }

    mutating func make(_ scalar: Unicode.Scalar) {
        for byte in Unicode.UTF8.encode(scalar) ?? .init() { made.append(byte) }
    }

    mutating func make(_ bytes: UnsafeBufferPointer<UInt8>) { made.append(contentsOf: bytes) }

    /// Takes back what was made since `start` and is part of no node: a text that grows would else be copied behind it.
    mutating func takeBackMade(since start: Int) { made.removeLast(madeEnd - start) }

    /// Everything made since `start`.
    func made(since start: Int) -> ByteSpan { ByteSpan(start: UInt32(start), count: UInt32(madeEnd - start)) }

    // MARK: The tree

    /// Closes what is open and hands over the tree; nil when there is no memory for it.
    ///
    /// - Parameter root: The number of the root element, as it was when it was opened.
    consuming func build(page: PageBytes, root: Int) -> FlatTree? {
        while depth > 0 { closeElement() }
        nodes[0].end = Int32(nodes.count)
        guard page.append(made.buffer) else { return nil }
        var root = root
        if isOutOfOrder { root = sortIntoDocumentOrder(root) }
        return FlatTree(
            page: page, nodes: nodes.frozen(), attributes: attributes.frozen(), names: names, root: NodeID(root))
    }

    /// Numbers the nodes anew, children in the order they were added.
    private mutating func sortIntoDocumentOrder(_ root: Int) -> Int {
        var children: [[Int]] = Array(repeating: [], count: nodes.count)
        for index in 1..<nodes.count { children[Int(nodes[index].parent)].append(index) }
        var sorted: [FlatNode] = []
        var places = Array(repeating: Int32(0), count: nodes.count)
        var upcoming: [Int] = [0]
        var ends: [(old: Int, new: Int)] = []
        while let index = upcoming.popLast() {
            if index < 0 {
                if let last = ends.popLast() { sorted[last.new].end = Int32(sorted.count) }
                continue
            }
            places[index] = Int32(sorted.count)
            ends.append((index, sorted.count))
            sorted.append(nodes[index])
            upcoming.append(-1)
            upcoming.append(contentsOf: children[index].reversed())
        }
        for index in 0..<nodes.count {
            let place = Int(places[index])
            sorted[place].parent = nodes[index].parent < 0 ? -1 : places[Int(nodes[index].parent)]
            for (before, child) in zip(children[index], children[index].dropFirst()) {
                sorted[Int(places[child])].previous = places[before]
            }
            if let first = children[index].first { sorted[Int(places[first])].previous = -1 }
        }
        for index in 0..<attributes.count { attributes[index].owner = places[Int(attributes[index].owner)] }
        for index in 0..<nodes.count { nodes[index] = sorted[index] }
        return Int(places[root])
    }
}
