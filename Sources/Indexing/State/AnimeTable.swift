import Storage
import WebStandards

/// All anime the index knows, each with its row; a removed one leaves its row empty, for the next new one.
struct AnimeTable: Sendable {
    private(set) var registry = Registry()
    private(set) var cards: [AnimeCard?] = []
    /// Entry → the rows of the anime that name it: one, but while an entry moves from one anime to another.
    private var holders: [String: [Int32]] = [:]
    /// No row before this one is empty.
    private var fullRows = 0

    var count: Int { cards.count }

    /// Begins anew with the rows that were given before.
    init(registry: Registry = Registry()) {
        self.registry = registry
        cards = Array(repeating: nil, count: registry.count)
    }

    /// Ids of those that are not removed.
    var liveIDs: [String] { cards.compactMap { $0?.id } }

    /// How many are not removed.
    var liveCount: Int { cards.count { $0 != nil } }

    func row(of id: String) -> Int32? { registry[id].flatMap { cards[Int($0)] == nil ? nil : $0 } }

    /// The row of the anime that an entry belongs to: of several that name it the one with the last id, whichever came first; nil
    /// when none does.
    func owner(of entry: String) -> Int32? {
        guard let rows = holders[entry] else { return nil }
        let name = { (row: Int32) in registry.names[Int(row)].utf8 }
        return rows.max { name($0).lexicographicallyPrecedes(name($1)) }
    }

    private mutating func note(_ entries: [String], at row: Int32) {
        for entry in Set(entries) { holders[entry, default: []].append(row) }
    }

    private mutating func strike(_ entries: [String], at row: Int32) {
        for entry in Set(entries) {
            holders[entry]?.removeAll { $0 == row }
            if holders[entry]?.isEmpty == true { holders[entry] = nil }
        }
    }

    /// Adds or replaces an anime.
    ///
    /// A new one gets the first empty row, so that there are never more rows than there were anime at once, however often a site renumbers
    /// its own.
    ///
    /// - Parameter keepsEmptyRows: Empty rows wait for the anime that had them before.
    /// - Returns: Its row, and what stood there.
    mutating func set(_ card: AnimeCard, keepsEmptyRows: Bool = false) -> (row: Int32, old: AnimeCard?) {
        if !keepsEmptyRows, registry[card.id] == nil, let empty = firstEmptyRow() {
            registry.give(empty, to: card.id)
        }
        let row = registry.number(of: card.id)
        if Int(row) == cards.count { cards.append(nil) }
        let old = cards[Int(row)]
        cards[Int(row)] = card
        strike(old?.entries ?? [], at: row)
        note(card.entries, at: row)
        return (row, old)
    }

    private mutating func firstEmptyRow() -> Int32? {
        while fullRows < cards.count, cards[fullRows] != nil { fullRows += 1 }
        return fullRows < cards.count ? Int32(fullRows) : nil
    }

    /// Empties an anime's row.
    mutating func remove(_ id: String) -> (row: Int32, old: AnimeCard)? {
        guard let row = registry[id], let old = cards[Int(row)] else { return nil }
        cards[Int(row)] = nil
        fullRows = min(fullRows, Int(row))
        strike(old.entries, at: row)
        return (row, old)
    }

    /// Rows in one chunk: a changed card leaves the other chunks as they are.
    private static let rowsPerChunk = 128

    /// JSON lists: of each row its name, and its card if it has one.
    ///
    /// - Parameter changed: Rows that are not what was stored.
    func chunks(_ stored: StoredRows = StoredRows(), changed: Set<Int32> = []) -> [IndexChunk] {
        stored.chunks(of: cards.count, rowsPerChunk: Self.rowsPerChunk, changed: changed.map(Int.init)) { rows in
            let rows = rows.map { row in
                JSONValue.object([
                    "name": .string(registry.names[row]), "card": cards[row].map { .object($0.document) } ?? .null,
                ])
            }
            return Array(JSONValue.array(rows).serialized().utf8)
        }
    }

    init(chunks: [[UInt8]]) throws {
        var names: [String] = []
        for chunk in chunks {
            guard let rows = try JSONValue(parsing: chunk).arrayValue else { throw IndexError.corrupt("anime") }
            names += rows.map { $0["name"]?.stringValue ?? "" }
            cards += rows.map { $0["card"]?.objectValue.flatMap(AnimeCard.init) }
        }
        registry = Registry(names: names)
        for (row, card) in cards.enumerated() { note(card?.entries ?? [], at: Int32(row)) }
    }
}
