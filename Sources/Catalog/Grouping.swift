/// Finds which entries are one anime, from what pages say of one another.
///
/// Two entries between which a relation is stated that joins are one anime, and so are all that hang together so, with three exceptions: what
/// one side states and the other contradicts counts only where titles support it; so does what is said of strangers too; and a child of
/// several works ("A meets B") does not make them one. What it decides depends on nothing but the entries, so a part of the graph that
/// nothing outside may join is grouped alone as it is within the whole.
public enum Grouping {
    /// Groups entries.
    ///
    /// - Returns: Every entry in exactly one group; members by air date, groups by the key of their first member.
    /// - Complexity: O(n log n) for n entries with a bounded number of relations each.
    public static func groups(of entries: [CatalogEntry]) -> [[CatalogEntry]] { resolve(entries).groups }

    /// Groups entries, and tells of every pair of them between which something is stated what was made of it.
    ///
    /// - Parameter explained: Whether titles are compared, and relations told, where that decides nothing.
    public static func resolve(
        _ entries: [CatalogEntry], explained: Bool = false
    ) -> (groups: [[CatalogEntry]], edges: [EntryEdge]) {
        let position = Dictionary(entries.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        let edges = edges(of: entries, position, explained: explained)
        var components = Components(count: entries.count)
        for edge in edges {
            guard let first = position[edge.first], let second = position[edge.second] else { continue }
            components.add(
                edge, first, second, parent: edge.dependency.map { $0.parent == edge.first ? first : second })
        }
        let judged = components.resolve { TitleStem.agreement(of: entries[$0], entries[$1]) > .none }
        let groups = Dictionary(grouping: entries.indices.filter { position[entries[$0].key] == $0 }) {
            judged.roots[$0]
        }
        .values
        .map { $0.map { entries[$0] }.sorted(by: CatalogEntry.airsBefore) }
        .sorted { $0[0].key < $1[0].key }
        return (groups, judged.edges)
    }

    private struct Pair: Hashable {
        let first: Int, second: Int
    }

    /// What is stated between any two of the entries, in order.
    private static func edges(
        of entries: [CatalogEntry], _ position: [String: Int], explained: Bool
    ) -> [EntryEdge] {
        var statements: [Pair: [EntryEdge.Statement]] = [:]
        func add(_ statement: EntryEdge.Statement, from index: Int, to target: String) {
            guard let other = position[target], other != index else { return }
            let isInOrder = entries[index].key < entries[other].key
            statements[isInOrder ? Pair(first: index, second: other) : Pair(first: other, second: index), default: []]
                .append(statement)
        }
        for (index, entry) in entries.enumerated() where position[entry.key] == index {
            for relation in entry.relations {
                add(
                    .init(by: entry.key, relation: relation.stated, kind: relation.kind), from: index,
                    to: relation.target)
            }
            for target in entry.sameAs { add(.init(by: entry.key, relation: nil, kind: nil), from: index, to: target) }
        }
        return statements.compactMap { pair, said in
            let (first, second) = (entries[pair.first], entries[pair.second])
            let ordered = said.filter { $0.by == first.key } + said.filter { $0.by != first.key }
            let kinds = Set(said.map { $0.kind?.strength })
            guard explained || kinds != [.leadsElsewhere] else { return nil }
            let decides = !kinds.contains(nil) && kinds != [.joins]
            return EntryEdge(first.key, second.key, ordered) {
                decides || explained ? TitleStem.agreement(of: first, second) : .none
            }
        }.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }
}
