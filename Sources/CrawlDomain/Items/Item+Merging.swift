public import WebStandards

extension Item {
    /// The document's own fields after this item: what it speaks of is as it says, all else is as stored.
    ///
    /// - Parameter stored: The document's fields without bookkeeping.
    public func fields(over stored: JSONObject) -> JSONObject {
        var merged = extent.isAddition ? stored : kept(of: stored)
        for (name, value) in fields {
            if extent.leaves.contains(name), !value.isFilled, let known = stored[name] {
                merged[name] = known
            } else if extent.fills.contains(name), let known = stored[name], known.isFilled {
                merged[name] = known
            } else if let id = extent.parts[name], let known = stored[name]?.arrayValue, let new = value.arrayValue {
                merged[name] = .array(Self.updated(known, with: new, by: id))
            } else {
                merged[name] = value
            }
        }
        return merged
    }

    /// One item that says what `earlier` and then this one say; both must be of the same document.
    public func after(_ earlier: Item) -> Item {
        var merged = self
        merged.fields = fields(over: earlier.fields)
        merged.isFromShorterPage = isFromShorterPage && earlier.isFromShorterPage
        let isWhole = { (item: Item, name: String) in item.fields[name] != nil && item.extent.parts[name] == nil }
        let parts = earlier.extent.parts.merging(extent.parts) { $1 }
            .filter { !isWhole(self, $0.key) && !isWhole(earlier, $0.key) }
        // A field is left only while neither has a value of it.
        let leaves = extent.leaves.union(earlier.extent.leaves).filter { name in
            [self, earlier].allSatisfy { $0.extent.leaves.contains(name) || $0.fields[name] == nil }
        }
        let fills = extent.fills.union(earlier.extent.fills).filter { name in
            [self, earlier].allSatisfy { $0.extent.fills.contains(name) || $0.fields[name] == nil }
        }
        merged.extent = ItemExtent(
            isAddition: extent.isAddition && earlier.extent.isAddition, leaves: leaves, parts: parts, fills: fills)
        return merged
    }

    /// Of what is stored, the fields that this item does not replace.
    private func kept(of stored: JSONObject) -> JSONObject {
        JSONObject(stored.filter { type.supplements.contains($0.key) && fields[$0.key] == nil })
    }

    /// The new elements in place of those with the same id; the others stay, and new ones follow.
    private static func updated(_ known: [JSONValue], with new: [JSONValue], by id: String) -> [JSONValue] {
        let byID = Dictionary(
            new.compactMap { row in row[id].map { ($0, row) } }, uniquingKeysWith: { first, _ in first })
        let ids = Set(known.compactMap { $0[id] })
        return known.map { row in row[id].flatMap { byID[$0] } ?? row }
            + new.filter { row in row[id].map { !ids.contains($0) } ?? true }
    }
}
