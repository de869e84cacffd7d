import WebStandards

/// An entry that people recommend to those who like another one.
public struct RecommendedEntry: Sendable, Hashable {
    /// Its key, which may not have been crawled.
    public let entry: String
    /// How many people recommend it; one where the site does not count.
    public let votes: Int

    /// Recommendations of an anime beyond this many are left out, those of the fewest people first.
    public static let most = 100

    /// The recommendations of some entries, of each recommended one the sum of votes: those that most people name first, then by key.
    ///
    /// Entries do not recommend each other, and what nobody recommends is left out.
    static func combined(of entries: [CatalogEntry]) -> [RecommendedEntry] {
        var votes: [String: Int] = [:]
        for entry in entries {
            for row in entry.fields["recommendations"]?.arrayValue ?? [] {
                guard let id = row["id"]?.keyText else { continue }
                // Bounded, so that no sum overflows.
                let count = min(row["votes"]?.intValue.map { Int($0) } ?? 1, 1 << 32)
                votes["\(entry.site):\(id)", default: 0] += max(0, count)
            }
        }
        for entry in entries { votes[entry.key] = nil }
        let named = votes.filter { $0.value > 0 }.sorted { left, right in
            left.value > right.value || (left.value == right.value && left.key < right.key)
        }
        return named.prefix(most).map { RecommendedEntry(entry: $0.key, votes: $0.value) }
    }

    /// As `anime` has it.
    var value: JSONValue { .object(["entry": .string(entry), "votes": .int(Int64(votes))]) }
}
