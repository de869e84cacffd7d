/// What to do about a request when an answer is kept.
public enum CacheDecision: Sendable, Hashable {
    /// Use what is kept; it is this many seconds old.
    case reuse(age: Int64)
    /// Ask whether it has changed, with these fields added.
    case revalidate(HeaderFields)
    /// Ask as if nothing were kept.
    case fetch
}
