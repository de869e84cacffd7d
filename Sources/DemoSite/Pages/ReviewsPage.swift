/// `/anime/<id>/<slug>/reviews?p=<page>`: twenty reviews.
struct ReviewsPage {
    static let pageSize = 20

    let anime: DemoAnime
    /// From 1.
    let page: Int
    /// Whether reviews of people who have not finished, or give the plot away, are wanted.
    var showsPreliminary = false
    var showsSpoilers = false
    let context: PageContext

    func render() -> HTML {
        var frame = PageFrame(
            title: "\(anime.title) - Reviews - \(context.options.siteName)",
            heading: "<div><h1 class=\"title-name h1_bold_none\"><strong>\(anime.title)</strong></h1></div>",
            content: content)
        frame.canonicalPath = "\(anime.path)/reviews"
        frame.openGraphTitle = anime.title
        return frame.render(context)
    }

    private var shown: [DemoReview] {
        let wanted = anime.reviews.filter {
            (showsPreliminary || $0.preliminaryEpisodes == nil) && (showsSpoilers || !$0.isSpoiler)
        }
        return Array(wanted.dropFirst((page - 1) * Self.pageSize).prefix(Self.pageSize))
    }

    private var content: HTML {
        // The link is there on the last page too, as on the real site.
        """
        <div class="rightside js-scrollfix-bottom-rel">\(AnimeTabs(anime: anime, active: "Reviews", context: context).render())
        <div class="border_solid"><h2 class="h2_overwrite">Reviews</h2></div>
        \(each: shown, { ReviewElement(review: $0, anime: anime, context: context).render() })
        <div class="ml4 mb8">\(if: page > 1, "<a href=\"\(link(page - 1))\">Previous</a>&nbsp;")\
        <a href="\(link(page + 1))" data-ga-click-type="review-more-reviews">More Reviews</a></div></div>
        """
    }

    private func link(_ page: Int) -> String { context.link("\(anime.path)/reviews?p=\(page)") }
}
