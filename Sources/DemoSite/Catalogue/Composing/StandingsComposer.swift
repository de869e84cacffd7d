/// Derives scores, ranks and popularity from quality and fame.
enum StandingsComposer {
    static func apply(to anime: inout [DemoAnime], seed: UInt64) {
        for index in anime.indices { score(&anime[index], seed: seed) }
        rank(&anime)
    }

    private static func score(_ entry: inout DemoAnime, seed: UInt64) {
        var random = SplitMix64(seed: seed, stream: "standing", index: entry.id)
        if random.chance(0.04) { entry.members = 10 + random.below(60) }
        entry.favorites = entry.members * random.below(30) / 1000
        guard entry.status != .upcoming else { return }
        entry.scoredBy = entry.members * random.int(in: 40...70) / 100
        guard entry.scoredBy >= 50 else { return }
        entry.scoreHundredths = min(935, max(310, 705 + Int(entry.quality * 78)))
    }

    /// Places by score and by members; ties go to the smaller id.
    static func rank(_ anime: inout [DemoAnime]) {
        let byScore = anime.indices.filter { anime[$0].scoreHundredths != nil }.sorted {
            let left = anime[$0]
            let right = anime[$1]
            return (right.scoreHundredths ?? 0, left.id) < (left.scoreHundredths ?? 0, right.id)
        }
        for index in anime.indices { anime[index].ranked = nil }
        for (place, index) in byScore.enumerated() { anime[index].ranked = place + 1 }
        let byMembers = anime.indices.sorted { (anime[$1].members, anime[$0].id) < (anime[$0].members, anime[$1].id) }
        for (place, index) in byMembers.enumerated() { anime[index].popularity = place + 1 }
    }
}
