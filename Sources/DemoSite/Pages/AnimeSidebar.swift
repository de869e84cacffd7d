/// The left column of an entry's page: picture, titles, information, statistics.
struct AnimeSidebar {
    let anime: DemoAnime
    let context: PageContext

    func render() -> HTML {
        """
        <div class="leftside" style="width: 225px"><div style="text-align: center;">
        <a href="\(context.link(anime.path))/pics">
        <img class="lazyload" data-src="\(context.link(anime.imagePath))" alt="\(anime.title)" class="ac" itemprop="image">
        </a></div>
        <div id="profileRows" class="pt0"><a href="\(context.link("/login.php?from=%2Fanime%2F\(anime.id)"))">Add to Favorites</a></div>
        <br />
        <h2>Alternative Titles</h2>\(titles)<br /><br />
        <h2>Information</h2>
        \(information)<br />
        <h2>Statistics</h2>
        \(statistics)<br />
        <h2>Available At</h2><div class="external_links"><a href="http://\(anime.slug.lowercased()).invalid/" class="link">\
        <div class="caption">Official Site</div></a></div><br />
        <h2>Streaming Platforms</h2><div class="pb16 broadcasts"><div class="broadcast"><a href="http://stream.invalid/\(anime.id)" \
        title="Demo Stream" class="broadcast-item available"><div class="caption">Demo Stream</div></a></div></div></div>
        """
    }

    private var titles: HTML {
        """
        \(if: !anime.synonyms.isEmpty, row("Synonyms", "\(anime.synonyms.joined(separator: ", "))"))\
        \(with: anime.titleJapanese, { row("Japanese", "\($0)") })\
        <div class="js-alternative-titles hide">\(with: anime.titleEnglish, { row("English", "\($0)") })</div>
        <a href="javascript:void(0);" class="viewOpEdMore js-anime-toggle-alternative-title-button">More titles</a>
        """
    }

    private var information: HTML {
        let type = anime.type.rawValue
        return """
            \(row("Type", "<a href=\"\(context.link("/topanime.php?type=\(type.lowercased())"))\">\(type)</a>"))\
            \(row("Episodes", "\(anime.episodes.map(String.init) ?? "Unknown")"))\
            \(row("Status", "\(anime.status.rawValue)"))\
            \(row("Aired", "\(anime.aired.text)"))\
            \(with: anime.premiered, { row("Premiered", "<a href=\"\(context.link("/anime/season"))\">\($0)</a>") })\
            \(with: anime.broadcast, { row("Broadcast", "\($0)") })\
            \(companies("Producers", anime.producers))\(companies("Licensors", anime.licensors))\
            \(companies("Studios", anime.studios))\
            \(row("Source", source))\
            \(kinds("Genre", anime.genres))\(kinds("Theme", anime.themes))\(kinds("Demographic", anime.demographics))\
            \(row("Duration", "\(anime.duration)"))\
            \(row("Rating", "\(anime.rating)"))
            """
    }

    private var source: HTML {
        guard anime.source == "Manga" else { return "\(anime.source)" }
        return "<a href=\"\(context.link(anime.path))#related_entries\">\n\(anime.source)\n</a>"
    }

    private func row(_ label: String, _ value: HTML) -> HTML {
        """
        <div class="spaceit_pad">
        <span class="dark_text">\(label):</span>
        \(value)
        </div>

        """
    }

    private func companies(_ label: String, _ names: [String]) -> HTML {
        guard !names.isEmpty else {
            return row(
                label,
                "None found, <a href=\"\(context.link("/dbchanges.php?aid=\(anime.id)&t=producers"))\">add some</a>")
        }
        return row(label, "\(each: names, separator: ",       ", { company($0) })")
    }

    private func company(_ name: String) -> HTML {
        "<a href=\"/anime/producer/\(Int(StableHash.of(name) % 3000))/\(Slug.of(name))\" title=\"\(name)\">\(name)</a>"
    }

    private func kinds(_ label: String, _ names: [String]) -> HTML {
        guard !names.isEmpty else { return "" }
        return row(names.count == 1 ? label : label + "s", "\(each: names, separator: ",         ", { kind($0) })")
    }

    private func kind(_ name: String) -> HTML {
        let link = "/anime/genre/\(StableHash.of(name) % 90 + 1)/\(Slug.of(name))"
        return
            "<span itemprop=\"genre\" style=\"display: none\">\(name)</span><a href=\"\(link)\" title=\"\(name)\">\(name)</a>"
    }

    private var statistics: HTML {
        """
        \(score)
        <div class="spaceit_pad po-r js-statistics-info di-ib" data-id="info2">
        <span class="dark_text">Ranked:</span>
        \(anime.rankText)<sup>2</sup>
        <div class="statistics-info info2"><small><sup>2</sup>
        based on the <a href="/topanime.php">top anime</a> page.</small></div></div>
        \(row("Popularity", "#\(anime.popularity)"))\(row("Members", "\(grouped(anime.members))"))\
        \(row("Favorites", "\(grouped(anime.favorites))"))
        """
    }

    private var score: HTML {
        guard anime.scoreHundredths != nil else {
            return """
                <div class="spaceit_pad po-r js-statistics-info di-ib" data-id="info1">
                <span class="dark_text">Score:</span>
                <span class="score-label score-na">N/A</span><sup>1</sup> (scored by - users)
                \(footnote)</div>
                """
        }
        return """
            <div itemprop="aggregateRating" itemscope itemtype="http://schema.org/AggregateRating" \
            class="spaceit_pad po-r js-statistics-info di-ib" data-id="info1">
            <span class="dark_text">Score:</span>
            <span itemprop="ratingValue" class="score-label score-\(anime.scoreClass)">\(anime.scoreText)</span><sup>1</sup> \
            (scored by <span itemprop="ratingCount" style="display: none">\(anime.scoredBy)</span>\(grouped(anime.scoredBy)) users)
            <meta itemprop="bestRating" content="10"><meta itemprop="worstRating" content="1">
            \(footnote)</div>
            """
    }

    private var footnote: HTML {
        "<div class=\"statistics-info info1\"><small><sup>1</sup>\nindicates a weighted score.</small></div>"
    }
}
