import Markup

/// The tree that our parser makes of a page, beside the one that libxml2's makes.
struct HTMLEqualityTarget: FuzzTarget {
    static let name = "html-equality"
    let seeds = HTMLTarget().seeds
    let dictionary = HTMLTarget().dictionary
    let fileNames = HTMLTarget().fileNames
    let members = HTMLTarget().members
    let maximumLength = HTMLTarget().maximumLength

    func check(_ input: [UInt8]) throws {
        let page = CharacterEncoding.decode(input).bytes
        let ours = try MarkupDocument(html: page)
        let theirs = try MarkupDocument(htmlByLibXML2: page)
        // Where a limit is met is each parser's own affair.
        guard !ours.isTruncated, !theirs.isTruncated else { return }
        var pairs = [(ours.outermost, theirs.outermost)]
        while let (mine, other) = pairs.popLast() {
            try require(mine.count == other.count, "\(mine.count) nodes where libxml2 has \(other.count)")
            for (left, right) in zip(mine, other) {
                try require(describe(left) == describe(right), "\(describe(left)) where libxml2 has \(describe(right))")
                pairs.append((left.children, right.children))
            }
        }
    }

    private func describe(_ node: MarkupNode) -> String {
        let attributes = node.attributes.map { " \($0.name)=\($0.value.debugDescription)" }.joined()
        return "\(node.kind) \(node.name)\(attributes) \(node.kind == .element ? "" : node.text.debugDescription)"
    }
}

extension MarkupDocument {
    /// The root element and what stands beside it.
    fileprivate var outermost: [MarkupNode] {
        var first = root
        while let before = first.previousSibling { first = before }
        return Array(sequence(first: first, next: \.nextSibling))
    }
}
