/// How long a page is left alone after it was had.
public enum RevisitAge {
    /// What a server says of freshness counts up to a day: a site that calls everything fresh for a year means its browsers.
    public static let maximumFreshness: Duration = .seconds(86_400)

    /// The longer of what the spider says and of what the server says is still fresh; nil, for never, where the spider says so.
    public static func longest(spider: Duration?, statedFreshness: Int64?) -> Duration? {
        spider.map { max($0, min(.seconds(statedFreshness ?? 0), maximumFreshness)) }
    }
}
