/// A drawn poster, so that pages which show one have something to show.
enum PosterImage {
    static func render(_ anime: DemoAnime) -> HTML {
        let hue = Int(StableHash.of(anime.title) % 360)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="225" height="318" viewBox="0 0 225 318">\
            <rect width="225" height="318" fill="hsl(\(hue),45%,32%)"/>\
            <circle cx="\(40 + anime.id % 140)" cy="\(60 + anime.id % 90)" r="52" fill="hsl(\((hue + 140) % 360),55%,62%)"/>\
            <text x="112" y="262" fill="#fff" font-family="sans-serif" font-size="17" text-anchor="middle">\
            \(String(anime.title.prefix(24)))</text></svg>

            """
    }
}
