/// One entry's relation to another.
public struct DemoRelation: Sendable, Hashable {
    /// "Sequel", "Prequel", "Side Story" …: what the target is to this entry.
    public var kind: String
    /// Whether the target is printed matter.
    public var isManga: Bool
    /// The target's number.
    public var targetID: Int
    /// The target's title.
    public var targetTitle: String
    /// "TV", "Manga" …
    public var targetType: String

    /// `/anime/<id>/<slug>` or `/manga/<id>/<slug>`.
    public var targetPath: String { "/\(isManga ? "manga" : "anime")/\(targetID)/\(Slug.of(targetTitle))" }
}

/// "If you liked this, you may like that."
public struct DemoRecommendation: Sendable, Hashable {
    /// The recommended entry's number.
    public var animeID: Int
    /// How many people say so.
    public var votes: Int
}
