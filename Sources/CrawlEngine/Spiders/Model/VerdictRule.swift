import CrawlDomain

/// A page that is not what was asked for, and the reason to give.
struct VerdictRule: Sendable {
    let reason: DropReason
    let condition: Condition
    let detail: String?
    /// Where it stands in the file.
    let place: RulePlace?
}

extension VerdictRule {
    /// What an HTTP status says when the spider says nothing else.
    static func standard(status: Int) -> Drop? {
        switch status {
        case 404: Drop(.notFound, detail: "HTTP status 404")
        case 410: Drop(.gone, detail: "HTTP status 410")
        case 401, 407: Drop(.loginWall, detail: "HTTP status \(status)")
        case 403, 451: Drop(.blocked, detail: "HTTP status \(status)")
        case 408, 429, 500...: Drop(.unavailable, detail: "HTTP status \(status)")
        case 400...: Drop(.wrongPage, detail: "HTTP status \(status)")
        default: nil
        }
    }
}
