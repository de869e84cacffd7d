/// `/profile/<name>`: a member's numbers. Gender, birthday and place are printed too, as on the real site: a spider must not keep them.
struct ProfilePage {
    let user: DemoUser
    let context: PageContext

    func render() -> HTML {
        var frame = PageFrame(
            title: "\(user.name)'s Profile - \(context.options.siteName)",
            heading: "<div><h1 class=\"h1\"><span class=\"di-ib po-r\">\n\(user.name)'s Profile\n</span></h1></div>",
            content: content)
        frame.canonicalPath = "/profile/\(user.name)"
        return frame.render(context)
    }

    private var content: HTML {
        """
        <div class="content-container"><div class="container-left"><div class="user-profile">
        <ul class="user-status border-top pb8 mb4">
        \(status("Last Online", "\(2 + user.id % 50) minutes ago"))\(status("Gender", "Non-Binary"))\
        \(status("Birthday", "Feb \(1 + user.id % 28)"))\(status("Location", "Nowhere, Demo Island"))\
        \(status("Joined", user.joined.text))</ul>
        <div class="user-button clearfix mb12">
        <a class="btn-profile-submit fl-l" href="\(context.link("/animelist/\(user.name)"))">Anime List</a></div>
        <h4><a href="\(context.link("/profile/\(user.name)/friends"))" class="fl-r fs11 fw-n">All (\(user.friends.count))</a>Friends</h4>
        <div class="user-friends pt4 pb12">\(each: user.friends, { name in
            "<a href=\"\(context.link("/profile/\(name)"))\" class=\"icon-friend lazyload\" title=\"\(name)\">\(name)</a>"
        })</div></div></div>
        <div class="container-right"><div class="user-statistics mb24" id="statistics"><h2>Statistics</h2>
        <div class="user-statistics-stats mt16"><div class="stats anime"><h5>Anime Stats</h5>\(numbers)</div></div></div>
        \(favourites)</div></div>
        """
    }

    private func status(_ label: String, _ value: String) -> HTML {
        """
        <li class="clearfix"><span class="user-status-title di-ib fl-l fw-b">\(label)</span>\
        <span class="user-status-data di-ib fl-r">\(value)</span></li>
        """
    }

    private var numbers: HTML {
        let episodes = user.rows.reduce(0) { $0 + $1.watchedEpisodes }
        return """
            <div class="stat-score di-t w100 pt8"><div class="di-tc al pl8 fs12 fw-b"><span class="fn-grey2 fw-n">Days: </span>\
            \(grouped(episodes / 60)).\(episodes % 60 / 6)</div>
            <div class="di-tc ar pr8 fs12 fw-b"><span class="fn-grey2 fw-n">Mean Score: </span>\
            <span class="score-label">\(meanScore)</span></div></div>
            <div class="mt12 ml8 mr8 clearfix"><ul class="stats-status fl-l">\(each: DemoListRow.Status.allCases, { count($0) })</ul><ul class="stats-data fl-r">\(data("Total Entries", user.rows.count))\
            \(data("Rewatched", user.rows.count(where: \.isRewatching)))\(data("Episodes", episodes))</ul></div>
            """
    }

    private func count(_ status: DemoListRow.Status) -> HTML {
        """
        <li class="clearfix mb12"><a href="\(context.link("/animelist/\(user.name)?status=\(status.rawValue)"))" \
        class="di-ib fl-l lh10 circle anime \(status.cssClass)">\(status.label)</a>\
        <span class="di-ib fl-r lh10">\(grouped(user.rows.count { $0.status == status }))</span></li>
        """
    }

    private var meanScore: String {
        let scores = user.rows.map(\.score).filter { $0 > 0 }
        guard !scores.isEmpty else { return "0.00" }
        let hundredths = scores.reduce(0, +) * 100 / scores.count
        return "\(hundredths / 100).\(twoDigits(hundredths % 100))"
    }

    private func data(_ label: String, _ number: Int) -> HTML {
        """
        <li class="clearfix mb12"><span class="di-ib fl-l fn-grey2">\(label)</span><span class="di-ib fl-r">\(grouped(number))</span></li>
        """
    }

    private var favourites: HTML {
        let best =
            user.isPrivate
            ? [] : user.rows.filter { $0.score == 10 }.prefix(5).compactMap { context.catalogue.anime(id: $0.animeID) }
        return """
            <h5>Anime (\(best.count))</h5><div class="fav-slide-block mb12" id="anime_favorites"><div class="fav-slide-outer">\
            <ul class="fav-slide" data-slide="10">\(each: best, { favourite($0) })</ul></div></div>
            """
    }

    private func favourite(_ entry: DemoAnime) -> HTML {
        """
        <li class="btn-fav" title="\(entry.title)"><a href="\(context.link(entry.path))" class="link bg-center">\
        <span class="title fs10">\(entry.title)</span></a></li>
        """
    }
}

extension DemoListRow.Status {
    var label: String {
        switch self {
        case .watching: "Watching"
        case .completed: "Completed"
        case .onHold: "On-Hold"
        case .dropped: "Dropped"
        case .planToWatch: "Plan to Watch"
        }
    }

    var cssClass: String {
        switch self {
        case .watching: "watching"
        case .completed: "completed"
        case .onHold: "on_hold"
        case .dropped: "dropped"
        case .planToWatch: "plan_to_watch"
        }
    }
}
