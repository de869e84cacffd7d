import CrawlDomain

extension ItemSchemas {
    /// What is wrong where fields of items are named and the page kind has no items.
    static let noItems =
        "pages of this kind have no items whose fields could be looked at; expected item: or items: beside it"

    /// A path into items of these types, such as `status` or `list[*].updated`; one to a field that none of them has is a mistake.
    func itemPath(_ node: YAMLNode, in types: some Collection<ItemType>) -> JSONPath? {
        guard let path = node.jsonPath() else { return nil }
        guard !types.isEmpty else { return node.refuse(Self.noItems) }
        let misses = types.compactMap { path.miss(in: self[$0]) }
        guard misses.count == types.count, let depth = misses.map(\.depth).max() else { return path }
        let deepest = misses.filter { $0.depth == depth }
        return node.refuse(
            Spelling.message(
                "the items have no field", deepest[0].name, expected: Set(deepest.flatMap(\.known)).sorted()))
    }
}

extension JSONSchema {
    /// The fields that a spider can give; nil when an object may have any.
    var fieldNames: [String]? {
        guard case .refused = additional, !properties.isEmpty else { return nil }
        return properties.map(\.name).filter { !ItemPipeline.bookkeeping.contains($0) }
    }
}
