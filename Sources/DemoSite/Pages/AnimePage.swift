/// `/anime/<id>`: one entry.
struct AnimePage {
    let anime: DemoAnime
    let context: PageContext

    func render() -> HTML {
        var frame = PageFrame(
            title: "\(anime.title) - \(context.options.siteName)", heading: heading, content: content)
        frame.canonicalPath = anime.path
        frame.openGraphTitle = anime.title
        frame.imagePath = anime.imagePath
        frame.description = "Looking for information on the anime \(anime.title)? It does not exist."
        frame.contentAttributes = " itemscope itemtype=\"http://schema.org/TVSeries\""
        return frame.render(context)
    }

    private var heading: HTML {
        """
        <div><div class="h1 edit-info"><div class="h1-title"><div itemprop="name"><h1 class="title-name h1_bold_none">\
        <strong>\(anime.title)</strong></h1>\(with: anime.titleEnglish, {
            "<p class=\"title-english title-inherit\">\($0)</p>"
        })</div></div><div class="header-right"><a href="\(context.link("/dbchanges.php?aid=\(anime.id)"))">Edit</a></div></div></div>
        """
    }

    private var content: HTML {
        """
        <table border="0" cellpadding="0" cellspacing="0" width="100%"><tr>
        <td class="borderClass" width="225" style="border-width: 0 1px 0 0;" valign="top">\
        \(AnimeSidebar(anime: anime, context: context).render())</td>
        <td valign="top" style="padding-left: 5px;"><div class="rightside js-scrollfix-bottom-rel">
        \(AnimeTabs(anime: anime, active: "Details", context: context).render())
        <table border="0" cellspacing="0" cellpadding="0" width="100%">
        <tr><td valign="top" class="pb24">\(header)\(synopsis)\(background)</td></tr>
        <tr><td class="pb24">\(RelatedEntries(anime: anime, context: context).render())</td></tr>
        <tr><td class="pb24">\(characters)</td></tr>
        <tr><td>\(ThemeSongs(anime: anime, context: context).render())</td></tr>
        <tr><td>\(ReviewPreviews(anime: anime, context: context).render())</td></tr>
        <tr><td>\(recommendations)</td></tr>
        </table></div></td></tr></table>
        """
    }

    private var header: HTML {
        """
        <div class="pb16"><div class="anime-detail-header-stats di-tc va-t"><div class="stats-block po-r clearfix">\
        <div class="fl-l score" data-title="score" data-user="\(grouped(anime.scoredBy)) users">\
        <div class="score-label score-\(anime.scoreClass)">\(anime.scoreText)</div></div>\
        <div class="di-ib ml12 pl20 pt8"><span class="numbers ranked">Ranked <strong>\(anime.rankText)</strong></span>\
        <span class="numbers popularity">Popularity <strong>#\(anime.popularity)</strong></span>\
        <span class="numbers members">Members <strong>\(grouped(anime.members))</strong></span></div>\
        <div class="information-block di-ib clearfix"><span class="information type">\
        <a href="\(context.link("/topanime.php?type=\(anime.type.rawValue.lowercased())"))">\(anime.type.rawValue)</a></span></div>\
        </div></div></div>
        """
    }

    private var synopsis: HTML {
        let edit: HTML = "/dbchanges.php?aid=\(anime.id)&t=synopsis"
        let body: HTML
        if let synopsis = anime.synopsis {
            body = HTML.paragraphs([synopsis, anime.attribution].compactMap { $0 }.joined(separator: "\n\n"))
        } else {
            body = """
                No synopsis information has been added to this title. Help improve our database by adding a synopsis \
                <a href="\(edit)">here</a>.
                """
        }
        return """
            <div><div class="floatRightHeader"><a href="\(edit)" style="font-weight: normal;">Edit</a></div>\
            <h2 id="synopsis">Synopsis</h2></div><p itemprop="description">\(body)</p>
            """
    }

    private var background: HTML {
        guard let text = anime.background else { return "" }
        return """
            <br><div><div class="floatRightHeader"><a href="/dbchanges.php?aid=\(anime.id)&t=background">Edit</a></div>\
            <h2 id="background">Background</h2></div>\(text)<div class="border_top"></div>
            """
    }

    private var characters: HTML {
        """
        <div><div class="floatRightHeader"><a href="\(anime.path)/characters">More characters</a></div>\
        <h2 id="characters">Characters &amp; Voice Actors</h2></div><div class="detail-characters-list clearfix">
        \(each: Array(anime.characters.enumerated()), { character($1, place: $0) })</div>
        """
    }

    private func character(_ name: String, place: Int) -> HTML {
        let path = "/character/\(anime.id * 10 + place)/\(Slug.of(name))"
        return """
            <table border="0" cellpadding="0" cellspacing="0" width="100%"><tr><td valign="top" class="borderClass">\
            <h3 class="h3_characters_voice_actors"><a href="\(context.link(path))">\(name)</a></h3>\
            <div class="spaceit_pad"><small>\(place == 0 ? "Main" : "Supporting")</small></div></td></tr></table>
            """
    }

    private var recommendations: HTML {
        """
        <h2>Recommendations</h2><div class="anime-slide-block" id="anime_recommendation"><div class="anime-slide-outer">\
        <ul class="anime-slide js-anime-slide" data-slide="7">\(each: anime.recommendations, { recommendation($0) })</ul></div></div>
        """
    }

    private func recommendation(_ recommendation: DemoRecommendation) -> HTML {
        guard let target = context.catalogue.anime(id: recommendation.animeID) else { return "" }
        let pair = "\(min(anime.id, target.id))-\(max(anime.id, target.id))"
        return """
            <li class="btn-anime" style="width:90px" title="\(target.title)">\
            <a href="\(context.link("/recommendations/anime/\(pair)"))" class="link bg-center ga-click">\
            <span class="title fs10">\(target.title)</span>\
            <span class="users">\(recommendation.votes) User\(recommendation.votes == 1 ? "" : "s")</span>\
            <img src="\(context.link("/images/spacer.gif"))" data-src="\(context.link(target.imagePath))" width="90" height="140" \
            class="image lazyload" alt="\(target.title)" border="0" ></a></li>
            """
    }
}

extension DemoAnime {
    /// "7" for 7.21, "na" without a score: part of a class name.
    var scoreClass: String { scoreHundredths.map { "\($0 / 100)" } ?? "na" }

    /// "#12", or "N/A".
    var rankText: String { ranked.map { "#\($0)" } ?? "N/A" }
}
