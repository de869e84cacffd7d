import Foundation
import Synchronization

/// Entries by the titles of their anime, made when first asked for: folding all titles takes longer than reading a list, and few ask.
final class EntriesByTitle: Sendable {
    private let made = Mutex<[String: String]?>(nil)

    /// An anime's first entry by one of its titles, ignoring case and width; of two of one title the better known one's.
    ///
    /// - Parameter cards: The same each time.
    func entry(called title: String, among cards: [AnimeCard?]) -> String? {
        let entries = made.withLock { made in
            let entries = made ?? Self.make(cards)
            made = entries
            return entries
        }
        return entries[Self.folded(title)]
    }

    private static func make(_ cards: [AnimeCard?]) -> [String: String] {
        var result: [String: String] = [:]
        for card in cards.compactMap(\.self).sorted(by: { ($0.members, $1.id) < ($1.members, $0.id) }) {
            guard let entry = card.entries.first else { continue }
            for title in card.titles { result[folded(title)] = entry }
        }
        return result
    }

    private static func folded(_ title: String) -> String {
        title.folding(options: [.caseInsensitive, .widthInsensitive], locale: nil)
    }
}
