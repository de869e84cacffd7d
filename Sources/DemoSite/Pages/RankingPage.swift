/// `/topanime.php?limit=<offset>`: fifty entries by score.
struct RankingPage {
    static let pageSize = 50

    let offset: Int
    /// "tv", "movie" …; nil for all.
    let type: String?
    let context: PageContext

    func render() -> HTML {
        var frame = PageFrame(
            title: "Top Anime - \(context.options.siteName)", heading: "<div><h1 class=\"h1\">Top Anime</h1></div>",
            content: content)
        frame.nextPath = hasNext ? "/topanime.php\(query(offset + Self.pageSize))" : nil
        return frame.render(context)
    }

    private var entries: [Int] {
        guard let type else { return context.catalogue.ranking }
        return context.catalogue.ranking.filter { context.catalogue.anime[$0].type.rawValue.lowercased() == type }
    }

    private var hasNext: Bool { offset + Self.pageSize < entries.count }

    private func query(_ offset: Int) -> String { (type.map { "?type=\($0)&" } ?? "?") + "limit=\(offset)" }

    private var content: HTML {
        let rows = entries.dropFirst(offset).prefix(Self.pageSize)
        return """
            \(Breadcrumb(steps: [("Anime", "/anime.php"), ("Top Anime", "/topanime.php")]).render(context))
            <div class="pb12"><h2 class="top-rank-header2"><span class="fl-r di-ib icon-top-ranking-page">\(pager)</span>\
            Top Anime Series</h2>
            <table border="0" cellpadding="0" cellspacing="0" width="100%" class="top-ranking-table"><tr class="table-header">\
            <td class="rank">Rank</td><td class="title">Title</td><td class="score">Score</td><td class="your-score">Your Score</td>\
            <td class="status">Status</td></tr>
            \(each: Array(rows.enumerated()), { row(context.catalogue.anime[$1], rank: offset + $0 + 1) })</table>
            <div class="di-b ac pt16 pb16 pagination icon-top-ranking-page-bottom">\(pager)</div></div>
            """
    }

    private var pager: HTML {
        """
        \(if: offset > 0, "<a href=\"\(query(max(0, offset - Self.pageSize)))\" class=\"link-blue-box prev\">Prev \(Self.pageSize)</a>")\
        \(if: hasNext, "<a href=\"\(query(offset + Self.pageSize))\" class=\"link-blue-box next\">Next \(Self.pageSize)</a>")
        """
    }

    private func row(_ anime: DemoAnime, rank: Int) -> HTML {
        let login = context.link("/login.php?error=login_required&from=%2Ftopanime.php")
        return """
            <tr class="ranking-list"><td class="rank ac" valign="top">
            <span class="lightLink top-anime-rank-text rank1">\(anime.ranked == nil ? "-" : String(rank))</span></td>
            <td class="title al va-t word-break">
            <a class="hoverinfo_trigger fl-l ml12 mr8" href="\(context.link(anime.path))" id="#area\(anime.id)" rel="#info\(anime.id)">
            <img width="50" height="70" alt="Anime: \(anime.title)" class="lazyload" border="0" \
            data-src="\(context.link(anime.imagePath))" />
            </a>
            <div class="detail"><div id="area\(anime.id)"><div id="info\(anime.id)" rel="a\(anime.id)" class="hoverinfo"></div></div>
            <div class="di-ib clearfix"><h3 class="hoverinfo_trigger fl-l fs14 fw-b anime_ranking_h3">\
            <a href="\(context.link(anime.path))" id="#area\(anime.id)" rel="#info\(anime.id)">\(anime.title)</a></h3></div><br>\
            <div class="information di-ib mt4">
            \(anime.type.rawValue) (\(anime.episodes.map(String.init) ?? "?") eps)<br>
            \(anime.aired.shortText)<br>
            \(grouped(anime.members)) members
            </div></div></td>
            <td class="score ac fs14"><div class="js-top-ranking-score-col di-ib al">\
            <span class="text on score-label score-\(anime.scoreClass)">\(anime.scoreText)</span></div></td>
            <td class="your-score ac fs14"><div class="js-top-ranking-your-score-col di-ib al"><a href="\(login)" class="">\
            <span class="text  score-label score-na">N/A</span></a></div></td>
            <td class="status ac"><a href="\(login)" class=" btn-addEdit-large">Add to list</a></td></tr>

            """
    }
}
