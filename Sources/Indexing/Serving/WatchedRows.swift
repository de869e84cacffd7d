/// What a person has to do with each anime, looked up for hundreds of candidates: a byte a row, so that nothing is hashed.
struct WatchedRows {
    private var marks: [Watched?]
    /// The rows that are on the list, each once.
    private(set) var rows: [Int32] = []

    /// - Parameter count: How many rows the index has.
    init(count: Int) { marks = Array(repeating: nil, count: count) }

    subscript(row: Int32) -> Watched? { marks[Int(row)] }

    /// Notes an entry; of several of one anime the one that says more counts.
    mutating func note(_ row: Int32, _ new: Watched) {
        if let known = marks[Int(row)] {
            marks[Int(row)] = known.combined(with: new)
        } else {
            marks[Int(row)] = new
            rows.append(row)
        }
    }

    /// Notes what somebody says, whatever else they have said of it.
    mutating func replace(_ row: Int32, _ new: Watched) {
        note(row, new)
        marks[Int(row)] = new
    }
}
