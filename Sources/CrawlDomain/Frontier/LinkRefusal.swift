/// Why a link was not followed. Bounded and free of values, so it can label a metric; the names are those of a spider's `limits`, where it is one of them.
public enum LinkRefusal: String, Sendable, Hashable, CaseIterable {
    /// Too many links away from a seed.
    case depth
    /// The URL is longer than a person would write.
    case urlLength = "url_length"
    /// The path has too many segments.
    case pathSegments = "path_segments"
    /// Segments come again and again: `/a/b/a/b/a/b`.
    case repeats
    /// The query has too many parameters.
    case parameters
    /// The path carries a session id that cannot be taken out.
    case sessionIDs = "session_ids"
    /// A calendar turned too far: `/2093/05`, `?year=1570&month=1`.
    case years
    /// A list turned too far: `?page=2000000`.
    case offset
    /// The host's budget is used up.
    case urlsPerHost = "urls_per_host"
    /// The budget of one path with different queries is used up.
    case urlsPerPath = "urls_per_path"
    /// The host's budget of new URLs of this day (UTC) is used up.
    case newURLsPerDay = "new_urls_per_day"
    /// It leads to the page of somebody who asked to be forgotten.
    case forgotten
}
