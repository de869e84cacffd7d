/// The newest reviews on an entry's page, and how many there are of each verdict.
struct ReviewPreviews {
    let anime: DemoAnime
    let context: PageContext

    func render() -> HTML {
        """
        <h2>Reviews</h2>
        <div class="anime-info-review__header mal-navbar"><div class="left">\
        <a href="\(context.link("/myreviews.php?seriesid=\(anime.id)&go=write"))">Write review</a></div>
        <div class="center"><div class="review-ratio__bar"
        data-recommended="\(count(.recommended))"
        data-mixed_feeling="\(count(.mixedFeelings))"
        data-not_recommended="\(count(.notRecommended))"
        ></div></div>
        <div class="right"><a href="\(context.link(anime.path))/reviews">All reviews (<strong>\(anime.reviews.count)</strong>)</a>\
        </div></div>
        \(each: anime.reviews.prefix(3), { ReviewElement(review: $0, anime: anime, context: context).render() })
        """
    }

    private func count(_ verdict: DemoReview.Verdict) -> Int { anime.reviews.count { $0.verdict == verdict } }
}
