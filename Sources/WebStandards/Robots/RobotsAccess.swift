/// What the answer to a request for robots.txt means for the site.
///
/// Source: RFC 9309, section 2.3.1.
public enum RobotsAccess: String, Sendable, Hashable {
    /// The answer's rules count.
    case rules

    /// There is no robots.txt: everything is allowed.
    case allowAll

    /// The site cannot say now: nothing is allowed, and robots.txt is asked for again later.
    case denyAll

    /// The meaning of a final status, after its redirects were followed; nil for a site that could not be
    /// reached.
    ///
    /// More redirects than that count as "no robots.txt" in the standard; here the site is left alone, as is one that answers 429.
    public static func forStatus(_ status: Int?) -> RobotsAccess {
        switch status {
        case .some(200..<300): .rules
        case .some(429): .denyAll
        case .some(400..<500): .allowAll
        default: .denyAll
        }
    }

    /// How long an answer may be used before robots.txt is asked for again (section 2.4).
    public static let maximumAge = Duration.seconds(24 * 3600)
}
