/// How many letters must be added, left out, changed or swapped to make one text of another, as far as that is a slip of the hand.
///
/// Source: Damerau, "A technique for computer detection and correction of spelling errors", CACM 1964 (optimal string alignment).
public struct EditDistance {
    private let text: [Character]
    private let most: Int

    /// One slip is allowed in three letters, one more for each further five, and never more than five.
    public init(to text: String) {
        self.text = Array(text.lowercased().prefix(200))
        most = self.text.count < 3 ? 0 : min(5, 1 + (self.text.count - 3) / 5)
    }

    /// The distance, letter case aside; nil when it is more than a slip.
    public func distance(of other: String) -> Int? {
        guard abs(other.count - text.count) <= most else { return nil }
        let distances = Self.distances(from: text, to: Array(other.lowercased()), most: most)
        return distances?.last.flatMap { $0 <= most ? $0 : nil }
    }

    /// The distances from a text to every beginning of another one, the empty one first; nil when all are more than `most`.
    public static func distances<Letter: Equatable>(from text: [Letter], to other: [Letter], most: Int) -> [Int]? {
        var (before, last): ([Int], [Int]) = ([], Array(0...other.count))
        for (row, letter) in text.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(other.count + 1)
            for (column, otherLetter) in other.enumerated() {
                var cost = min(
                    last[column] + (letter == otherLetter ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == other[column - 1], text[row - 1] == otherLetter {
                    cost = min(cost, before[column - 1] + 1)
                }
                current.append(cost)
            }
            guard (current.min() ?? 0) <= most else { return nil }
            (before, last) = (last, current)
        }
        return last
    }
}
