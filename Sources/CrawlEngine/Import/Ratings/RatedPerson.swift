/// A person and their rows.
public struct RatedPerson: Sendable {
    let user: String
    /// The last row of each entry.
    let rows: [String: RatingRow]

    /// How many rows there are.
    public var rowCount: Int { rows.count }
}
