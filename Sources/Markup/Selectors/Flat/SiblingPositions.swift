/// For each element its place among the elements of its parent, and among those of its name, from both ends, from 1.
///
/// Counting siblings anew for each of many elements is quadratic; these are four linear passes, made when first asked for.
struct SiblingPositions {
    private let fromStart: [Int32]
    private let fromEnd: [Int32]
    private let ofNameFromStart: [Int32]
    private let ofNameFromEnd: [Int32]

    init(of tree: FlatTree) {
        let count = tree.nodes.count
        var (fromStart, fromEnd) = ([Int32](repeating: 0, count: count), [Int32](repeating: 0, count: count))
        var (named, namedFromEnd) = (fromStart, fromEnd)
        // How many elements of a name the parent at hand has; put back to 0 after each parent.
        var ofName = [Int32](repeating: 0, count: tree.names.count)
        tree.withView { view in
            for parent in 0..<count where view.nodes[parent].kind.holdsElements {
                var (child, total) = (parent + 1, Int32(0))
                while child < view.end(parent) {
                    if view.isElement(child) {
                        total += 1
                        ofName[Int(view.nodes[child].name)] += 1
                        fromStart[child] = total
                        named[child] = ofName[Int(view.nodes[child].name)]
                    }
                    child = view.end(child)
                }
                guard total > 0 else { continue }
                child = parent + 1
                while child < view.end(parent) {
                    if view.isElement(child) {
                        fromEnd[child] = total - fromStart[child] + 1
                        namedFromEnd[child] = ofName[Int(view.nodes[child].name)] - named[child] + 1
                    }
                    child = view.end(child)
                }
                child = parent + 1
                while child < view.end(parent) {
                    if view.isElement(child) { ofName[Int(view.nodes[child].name)] = 0 }
                    child = view.end(child)
                }
            }
        }
        (self.fromStart, self.fromEnd) = (fromStart, fromEnd)
        (ofNameFromStart, ofNameFromEnd) = (named, namedFromEnd)
    }

    func position(of element: Int, fromEnd isFromEnd: Bool, sameName: Bool) -> Int {
        switch (isFromEnd, sameName) {
        case (false, false): Int(fromStart[element])
        case (true, false): Int(fromEnd[element])
        case (false, true): Int(ofNameFromStart[element])
        case (true, true): Int(ofNameFromEnd[element])
        }
    }
}

extension FlatNode.Kind {
    fileprivate var holdsElements: Bool { self == .element || self == .document }
}

extension PageIndex {
    /// Siblings looked at before places are counted for the whole page.
    private static let nearby = 24

    /// Whether an element has a place among its siblings; nil where that takes longer to see.
    func isAt(_ place: Int, _ element: Int, fromEnd: Bool, sameName: Bool, in tree: TreeView) -> Bool? {
        var position = 1
        var sibling = element
        for _ in 0..<Self.nearby {
            sibling = fromEnd ? tree.nextSibling(sibling) : Int(tree.nodes[sibling].previous)
            guard sibling >= 0 else { return position == place }
            guard tree.isElement(sibling), !sameName || tree.nodes[sibling].name == tree.nodes[element].name else {
                continue
            }
            position += 1
            if position > place { return false }
        }
        return nil
    }
}
