import Glibc

extension SparseMatrix {
    /// Rows of names as numbers, of length 1: rare names count more, `ln(items / items with the name) + 0.1`.
    static func names(_ items: [[String]]) -> SparseMatrix {
        var statistics = TermStatistics()
        for item in items { statistics.add(item) }
        let names = statistics.terms.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let columns = Dictionary(uniqueKeysWithValues: zip(names, 0..<Int32(names.count)))
        let values = names.map { log(Double(items.count) / Double(statistics.terms[$0]?.documents ?? 1)) + 0.1 }
        let rows = items.map { item in
            let sorted = Set(item.compactMap { columns[$0] }).sorted()
            return SparseRow(columns: sorted, values: sorted.map { values[Int($0)] }).normalised
        }
        return SparseMatrix(rows: rows, columnCount: names.count)
    }

    /// Rows of terms by `TFIDF`, of length 1; the statistics are those of the items that have any.
    static func terms(_ items: [[String]]) -> SparseMatrix {
        var statistics = TermStatistics()
        for item in items where !item.isEmpty { statistics.add(item) }
        return TFIDF(statistics).matrix(for: items)
    }

    /// Links between items as a symmetric matrix of values from 0 to 1: the root of a link's votes as a part of the greatest of the item
    /// that states it; of both directions the greater.
    static func links(_ items: [[ItemDescription.Link]]) -> SparseMatrix {
        var values = Array(repeating: [Int32: Double](), count: items.count)
        for (item, links) in items.enumerated() {
            let greatest = Double(links.map(\.votes).max() ?? 1)
            for link in links where link.votes > 0 && items.indices.contains(Int(link.item)) && Int(link.item) != item {
                let value = (Double(link.votes) / greatest).squareRoot()
                let other = Int(link.item)
                values[item][link.item] = max(values[item][link.item] ?? 0, value)
                values[other][Int32(item)] = max(values[other][Int32(item)] ?? 0, value)
            }
        }
        let rows = values.map { row in
            let columns = row.keys.sorted()
            return SparseRow(columns: columns, values: columns.map { row[$0] ?? 0 })
        }
        return SparseMatrix(rows: rows, columnCount: items.count)
    }

    /// Rows of links with the item itself: items agree when one links the other, and when both link the same.
    static func neighbourhoods(_ items: [[ItemDescription.Link]]) -> SparseMatrix {
        let links = links(items)
        guard links.valueCount > 0 else { return links }
        let rows = (0..<items.count).map { item in
            let row = links[item]
            guard !row.columns.isEmpty else { return row }
            let place = row.columns.firstIndex { $0 > Int32(item) } ?? row.columns.count
            return SparseRow(
                columns: row.columns[..<place] + [Int32(item)] + row.columns[place...],
                values: row.values[..<place] + [1] + row.values[place...])
        }
        return SparseMatrix(rows: rows, columnCount: items.count)
    }
}
