/// `/animelist/<name>`: a member's list in the modern layout, whose rows are JSON in an attribute.
struct AnimeListPage {
    let user: DemoUser
    let rows: [DemoListRow]
    let context: PageContext

    func render() -> HTML {
        let json = AnimeListJSON(context: context).render(rows.prefix(AnimeListJSON.pageSize))
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <title>\(user.name)'s Anime List - \(context.options.siteName)</title>
            <link rel="canonical" href="\(context.link("/animelist/\(user.name)"))" /></head>
            <body id="list-body" class="ownlist anime" data-owner="1" data-work="anime" data-query='{"order":1,"status":7}'>
            <div class="header"><a href="\(context.link("/"))" class="btn-home">\(context.options.siteName)</a>\
            <a href="\(context.link("/profile/\(user.name)"))">\(user.name)</a>\
            <a href="\(context.link("/animelist/\(user.name)?status=7"))" class="status-button all_anime">All Anime</a>\
            <a href="\(context.link("/modules.php?go=export&u=\(user.name)"))" rel="nofollow">Export</a></div>
            <div class="list-block"><div class="list-unit all_anime">
            <table class="list-table" data-items="\(json)">
            <thead><tr class="list-table-header"><th class="header-title title">Anime Title</th></tr></thead></table>
            </div></div>
            \(HTML(markup: context.options.padding.markup))</body></html>
            """
    }
}
