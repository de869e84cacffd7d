import Recommender

/// How alike two anime are for somebody who wants a varied list: half by content, half by who likes both.
struct Likeness {
    /// Weights of a column that are compared: the greatest make nearly all of a cosine.
    private static let columnLength = 50

    private let profiles: TopicProfiles
    private let genres: [UInt64]
    private let columns: [[(item: Int32, weight: Float)]]
    private let norms: [Float]
    private let rows: [Int32]

    /// - Parameter rows: The anime that are compared.
    init(of rows: [Int32], in index: AnimeIndex) {
        self.rows = rows
        profiles = index.profiles
        var bits: [String: UInt64] = [:]
        genres = rows.map { row in
            (index.card(row: row)?.genres ?? []).reduce(0) { mask, genre in
                // More genres than bits share some, which only makes strangers a little alike.
                let bit = bits[genre] ?? 1 << UInt64(bits.count % 64)
                bits[genre] = bit
                return mask | bit
            }
        }
        columns = rows.map { row in
            let strongest = index.weights.column(row).sorted { ($1.weight, $0.item) < ($0.weight, $1.item) }
            return strongest.prefix(Self.columnLength).sorted { $0.item < $1.item }
        }
        norms = columns.map { $0.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot() }
    }

    /// How alike the anime at two places of `rows` are, 0 to 1.
    func callAsFunction(_ left: Int, _ right: Int) -> Float {
        let shared = (genres[left] & genres[right]).nonzeroBitCount
        let all = (genres[left] | genres[right]).nonzeroBitCount
        let sameGenres = all > 0 ? Float(shared) / Float(all) : 0
        let content = (sameGenres + profiles.likeness(rows[left], rows[right])) / 2
        return (content + likedTogether(left, right)) / 2
    }

    /// The cosine of what speaks for the one and for the other.
    private func likedTogether(_ left: Int, _ right: Int) -> Float {
        let norm = norms[left] * norms[right]
        guard norm > 0 else { return 0 }
        let (a, b) = (columns[left], columns[right])
        var (i, j, sum) = (0, 0, Float(0))
        while i < a.count, j < b.count {
            if a[i].item == b[j].item {
                sum += a[i].weight * b[j].weight
                (i, j) = (i + 1, j + 1)
            } else if a[i].item < b[j].item {
                i += 1
            } else {
                j += 1
            }
        }
        return min(1, sum / norm)
    }
}
