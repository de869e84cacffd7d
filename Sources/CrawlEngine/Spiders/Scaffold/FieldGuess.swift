/// A rule that may find a field on an unknown page: what most sites write where.
struct FieldGuess {
    let field: String
    /// The rule, as YAML on one line.
    let rule: String
    var isList = false
    /// Whether it needs a `labels:` rule.
    var isLabelled = false

    private init(_ field: String, _ rule: String, isList: Bool = false) {
        (self.field, self.rule, self.isList) = (field, rule, isList)
        isLabelled = rule.contains("label:")
    }

    /// For HTML, the better ones of a field first.
    static let html = [
        FieldGuess("title", "{json-ld: name}"), FieldGuess("title", #"{meta: "og:title"}"#), FieldGuess("title", "h1"),
        FieldGuess("title", "title"),
        FieldGuess("title_english", "{label: [English, English title]}"),
        FieldGuess("title_japanese", "{label: [Japanese, Native, Japanese title]}"),
        FieldGuess("type", "{label: [Type, Format]}"),
        FieldGuess("episodes", "{json-ld: numberOfEpisodes, then: int}"),
        FieldGuess("episodes", "{label: Episodes, then: int}"),
        FieldGuess("status", "{label: Status}"),
        FieldGuess("aired", "{label: [Aired, Release date], then: period}"),
        FieldGuess("aired", "{json-ld: startDate, then: period}"),
        FieldGuess("aired", "{json-ld: datePublished, then: period}"),
        FieldGuess("studios", "{label: [Studios, Studio], select: a}", isList: true),
        FieldGuess("studios", "{json-ld: productionCompany.name}", isList: true),
        FieldGuess("genres", #"{json-ld: "genre[*]"}"#, isList: true),
        FieldGuess("genres", "{json-ld: genre}", isList: true),
        FieldGuess("genres", "{label: [Genres, Genre, Tags], select: a}", isList: true),
        FieldGuess("genres", #"{css: "[itemprop=genre]"}"#, isList: true),
        FieldGuess("source", "{label: Source}"), FieldGuess("duration", "{label: Duration}"),
        FieldGuess("rating", "{label: Rating}"), FieldGuess("rating", "{json-ld: contentRating}"),
        FieldGuess("score", "{json-ld: aggregateRating.ratingValue, then: number}"),
        FieldGuess("score", #"{css: "[itemprop=ratingValue]", then: number}"#),
        FieldGuess("score", #"{label: Score, then: [{match: '\d+(?:\.\d+)?'}, number]}"#),
        FieldGuess("scored_by", "{json-ld: aggregateRating.ratingCount, then: int}"),
        FieldGuess("synopsis", #"{css: "[itemprop=description]", as: paragraphs}"#),
        FieldGuess("synopsis", "{json-ld: description, then: html-text}"),
        FieldGuess("synopsis", #"{meta: "og:description"}"#),
        FieldGuess("synopsis", "{meta: description}"),
        FieldGuess("img_url", "{json-ld: image.url, then: image}"),
        FieldGuess("img_url", "{json-ld: image, then: image}"),
        FieldGuess("img_url", #"{meta: "og:image", then: image}"#),
    ]

    /// For JSON.
    static let json = [
        FieldGuess("id", "{json: $.id, then: int}"), FieldGuess("id", "{json: $.data.id, then: int}"),
        FieldGuess("title", "$.title"), FieldGuess("title", "$.name"), FieldGuess("title", "$.title.romaji"),
        FieldGuess("title", "$.data.title"), FieldGuess("title", "$.data.attributes.canonicalTitle"),
        FieldGuess("type", "$.type"), FieldGuess("type", "$.media_type"),
        FieldGuess("episodes", "{json: $.episodes, then: int}"),
        FieldGuess("episodes", "{json: $.num_episodes, then: int}"), FieldGuess("status", "$.status"),
        FieldGuess("genres", #""$.genres[*].name""#, isList: true),
        FieldGuess("genres", #""$.genres[*]""#, isList: true),
        FieldGuess("score", "{json: $.score, then: number}"), FieldGuess("score", "{json: $.mean, then: number}"),
        FieldGuess("synopsis", "{json: $.synopsis, then: html-text}"),
        FieldGuess("synopsis", "{json: $.description, then: html-text}"),
        FieldGuess("img_url", "{json: $.image, then: image}"),
        FieldGuess("img_url", "{json: $.image_url, then: image}"),
    ]
}
