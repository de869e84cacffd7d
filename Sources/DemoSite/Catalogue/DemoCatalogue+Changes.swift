extension DemoCatalogue {
    /// Gives an entry a score on a member's list, adding the row when there is none.
    ///
    /// - Parameters:
    ///   - name: The member's name.
    ///   - animeID: The entry's number.
    ///   - score: 1 to 10, or 0 to take the score back.
    /// - Throws: `.unknownUser` and `.unknownAnime`.
    public mutating func rate(user name: String, animeID: Int, score: Int) throws(DemoSiteError) {
        guard let position = userIndexByName[name.lowercased()] else { throw DemoSiteError(.unknownUser, name) }
        guard let entry = anime(id: animeID) else { throw DemoSiteError(.unknownAnime, "\(animeID)") }
        let clamped = min(10, max(0, score))
        if let row = users[position].rows.firstIndex(where: { $0.animeID == animeID }) {
            users[position].rows[row].score = clamped
            users[position].rows[row].updatedAt += 3600
            return
        }
        users[position].rows.append(
            DemoListRow(
                animeID: animeID, status: .completed, score: clamped, watchedEpisodes: entry.episodes ?? 1,
                isRewatching: false,
                tags: "", started: nil, finished: nil, updatedAt: CivilDate.today.dayNumber * 86_400))
    }

    /// Takes an entry off a member's list.
    public mutating func unlist(user name: String, animeID: Int) throws(DemoSiteError) {
        guard let position = userIndexByName[name.lowercased()] else { throw DemoSiteError(.unknownUser, name) }
        users[position].rows.removeAll { $0.animeID == animeID }
    }

    /// Makes a member's list private or public.
    public mutating func setPrivate(_ isPrivate: Bool, user name: String) throws(DemoSiteError) {
        guard let position = userIndexByName[name.lowercased()] else { throw DemoSiteError(.unknownUser, name) }
        users[position].isPrivate = isPrivate
    }

    /// Removes a member and their reviews: the profile and the list become 404.
    public mutating func removeUser(_ name: String) throws(DemoSiteError) {
        guard let position = userIndexByName[name.lowercased()] else { throw DemoSiteError(.unknownUser, name) }
        let gone = users.remove(at: position).name
        for index in anime.indices { anime[index].reviews.removeAll { $0.author == gone } }
        for index in users.indices { users[index].friends.removeAll { $0 == gone } }
        reindex()
    }

    /// Changes one entry; its number stays, ranks are computed anew.
    public mutating func changeAnime(id: Int, _ change: (inout DemoAnime) -> Void) throws(DemoSiteError) {
        guard let index = indexByID[id] else { throw DemoSiteError(.unknownAnime, "\(id)") }
        change(&anime[index])
        anime[index].id = id
        StandingsComposer.rank(&anime)
        reindex()
    }

    /// Adds an entry composed in a theme ("space", "school" …), or a bare one, and answers its number.
    @discardableResult
    public mutating func addAnime(title: String? = nil, theme key: String = "countryside") -> Int {
        let id = (anime.map(\.id).max() ?? 0) + 1
        let theme = Theme.named(key)
        var random = SplitMix64(seed: seed, stream: "added", index: id)
        var titles = TitleComposer()
        var composed = titles.compose(theme, &random)
        if let title { composed.main = title }
        var composer = FranchiseComposer(
            theme: theme, second: nil, titles: composed, industry: FictionalIndustry(seed: seed), random: random)
        var added = composer.compose(ids: [id])
        StandingsComposer.apply(to: &added, seed: seed)
        anime += added
        StandingsComposer.rank(&anime)
        reindex()
        return id
    }

    /// Removes an entry and everything that points at it.
    public mutating func removeAnime(id: Int) throws(DemoSiteError) {
        guard let index = indexByID[id] else { throw DemoSiteError(.unknownAnime, "\(id)") }
        anime.remove(at: index)
        for index in anime.indices {
            anime[index].relations.removeAll { !$0.isManga && $0.targetID == id }
            anime[index].recommendations.removeAll { $0.animeID == id }
        }
        for index in users.indices { users[index].rows.removeAll { $0.animeID == id } }
        StandingsComposer.rank(&anime)
        reindex()
    }
}
