/// Where a person stands with an entry, as data sets and exports write it.
enum WatchState {
    /// As stored; the first one is none.
    static let all: [String?] = [nil, "watching", "completed", "on_hold", "dropped", "plan_to_watch"]

    /// MyAnimeList's numbers and words, by place in ``all``.
    private static let places: [String: UInt8] = [
        "1": 1, "2": 2, "3": 3, "4": 4, "6": 5, "watching": 1, "currentlywatching": 1, "completed": 2, "onhold": 3,
        "dropped": 4, "plantowatch": 5,
    ]

    /// The place of a state; 0 for nothing and for what is not known.
    static func place(_ text: String) -> UInt8 {
        places[text.lowercased().filter { $0.isLetter || $0.isNumber }] ?? 0
    }
}
