/// What an element must have to be looked at; found in the ``PageIndex``.
enum IndexKey {
    case id(ByteSpan)
    case hasClass(ByteSpan)
    case name(NameReference)
    case attribute(NameReference)
}

extension PageIndex {
    /// The shortest list of elements in a range among which all that have the keys are; nil where only looking at all will
    /// do.
    func candidates(
        _ keys: UnsafeBufferPointer<IndexKey>, from first: Int32, count: Int32, literals: Literals, names: BoundNames,
        in range: Range<Int>
    ) -> ArraySlice<Int32>? {
        var shortest: ArraySlice<Int32>?
        for key in Int(first)..<Int(first + count) {
            let list: ArraySlice<Int32>?
            switch keys[key] {
            case .id(let id): list = elements(withID: literals.buffer(id), in: range)
            case .hasClass(let word): list = elements(withClass: literals.buffer(word), in: range)
            case .name(let name): list = elements(named: names.number(name), in: range)
            case .attribute(let name): list = elements(withAttribute: names.number(name), in: range)
            }
            if let list, list.count < shortest?.count ?? .max { shortest = list }
        }
        return shortest
    }
}
