/// Opening and ending songs.
struct ThemeSongs {
    let anime: DemoAnime
    let context: PageContext

    func render() -> HTML {
        // "opnening" is what the real site writes.
        """
        <div class="di-t"><div class="di-tc va-t " style="width:392px;">\
        \(section("Opening", "opnening", "an opening", anime.openings))</div>
        <div class="di-tc va-t " style="width:392px;">\(section("Ending", "ending", "an ending", anime.endings))</div></div>
        """
    }

    private func section(_ name: String, _ cssClass: String, _ article: String, _ songs: [DemoSong]) -> HTML {
        let edit = context.link("/dbchanges.php?aid=\(anime.id)&t=theme")
        let rows: HTML
        if songs.isEmpty {
            rows = """
                <tr class=""><td>
                No \(name.lowercased()) themes have been added to this title. Help improve our database by adding \(article) theme \
                <a href="\(edit)">here</a>.
                </td></tr>
                """
        } else {
            rows = "\(each: Array(songs.enumerated()), { row($1, number: songs.count > 1 ? $0 + 1 : nil) })"
        }
        return """
            <div><a href="\(edit)" class="floatRightHeader">Edit</a>
            <h2>\(name) Theme</h2></div>
            <div class="theme-songs js-theme-songs \(cssClass)">
            <table border="0" width="100%">\(rows)</table></div>
            """
    }

    private func row(_ song: DemoSong, number: Int?) -> HTML {
        """
        <tr><td width="8%"><div class="oped-preview-button inverse-if-dark"></div></td>
        <td width="84%">\(with: number, { "<span class=\"theme-song-index\">\($0):</span>&nbsp;" })\
        <span class="theme-song-title">"\(song.title)"</span>\
        \(with: song.artist, { "<span class=\"theme-song-artist\"> by \($0)</span>" })\
        \(with: song.episodes, { "&nbsp;<span class=\"theme-song-episode\">(\($0))</span>" })\
        <input type="hidden" id="youtube_url" value="" />
        </td>
        <td width="8%"><div class="oped-video-button"></div></td></tr>
        """
    }
}
