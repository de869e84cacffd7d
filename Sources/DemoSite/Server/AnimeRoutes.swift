/// What is below `/anime/` and `/images/`.
struct AnimeRoutes {
    let context: PageContext
    let request: Request

    /// - Parameter parts: The path's segments after "anime".
    func route(_ parts: [String]) -> Response? {
        if ["season", "genre", "producer"].contains(parts.first) { return .page(PlainPages.stub("Anime", context)) }
        guard let first = parts.first, let id = Int(first), let anime = context.catalogue.anime(id: id) else {
            return nil
        }
        switch parts.count {
        case 1, 2: return .page(AnimePage(anime: anime, context: context).render())
        case 3 where parts[2] == "reviews": return reviews(anime)
        case 3 where ["characters", "stats", "userrecs", "pics", "video"].contains(parts[2]):
            return .page(PlainPages.stub(anime.title, context))
        default: return nil
        }
    }

    private func reviews(_ anime: DemoAnime) -> Response? {
        guard let page = Int(request.parameter("p") ?? "1"), page >= 1, page < 1_000_000 else { return nil }
        let reviews = ReviewsPage(
            anime: anime, page: page, showsPreliminary: request.parameter("preliminary") == "on",
            showsSpoilers: request.parameter("spoiler") == "on", context: context)
        return .page(reviews.render())
    }

    /// The poster in `images/anime/<n>/<id>.svg`.
    func image(_ parts: [String]) -> Response? {
        guard parts.count == 4, parts[1] == "anime", let id = parts[3].split(separator: ".").first.flatMap({ Int($0) }),
            let anime = context.catalogue.anime(id: id), parts[3].hasSuffix(".svg")
        else { return nil }
        return .text(PosterImage.render(anime).text, type: "image/svg+xml")
    }
}
