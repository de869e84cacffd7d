/// Finds which entries are one anime: the connected components of the graph of relations, and of what sites say of one another.
public enum Grouping {
    /// Groups entries; a relation, or that both are the same, stated by either side joins.
    ///
    /// - Returns: Every entry in exactly one group; members by air date, groups by the key of their first member.
    /// - Complexity: O(n log n) for n entries with a bounded number of relations each.
    public static func groups(of entries: [CatalogEntry]) -> [[CatalogEntry]] {
        let position = Dictionary(entries.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        var sets = DisjointSets(count: entries.count)
        for (index, entry) in entries.enumerated() {
            for target in entry.relations.map(\.target) + entry.sameAs {
                if let other = position[target] { sets.join(index, other) }
            }
        }
        return Dictionary(grouping: entries.indices.filter { position[entries[$0].key] == $0 }) { sets.root(of: $0) }
            .values
            .map { $0.map { entries[$0] }.sorted(by: CatalogEntry.airsBefore) }
            .sorted { $0[0].key < $1[0].key }
    }
}

/// Disjoint sets of 0 ..< count, with path halving and union by size.
///
/// Source: Tarjan & van Leeuwen, "Worst-case analysis of set union algorithms", JACM 1984.
struct DisjointSets {
    private var parent: [Int]
    private var size: [Int]

    init(count: Int) {
        parent = Array(0..<count)
        size = Array(repeating: 1, count: count)
    }

    mutating func root(of element: Int) -> Int {
        var element = element
        while parent[element] != element {
            parent[element] = parent[parent[element]]
            element = parent[element]
        }
        return element
    }

    mutating func join(_ a: Int, _ b: Int) {
        let (first, second) = (root(of: a), root(of: b))
        guard first != second else { return }
        let (large, small) = size[first] >= size[second] ? (first, second) : (second, first)
        parent[small] = large
        size[large] += size[small]
    }
}
