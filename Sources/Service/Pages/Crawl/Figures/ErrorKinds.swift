import CrawlDomain
import Storage

/// URLs that failed, gathered by why.
struct ErrorKinds: Sendable, Hashable {
    /// One reason.
    struct Kind: Sendable, Hashable {
        let reason: String
        /// Of the URLs that were looked at.
        var retrying = 0
        var dead = 0
        /// The first few.
        var samples: [String] = []

        var count: Int { retrying + dead }
    }

    /// URLs of each state that are looked at.
    static let mostRows = 500
    private static let mostSamples = 3
    private static let mostKinds = 12
    /// URLs are as long as their site likes.
    private static let longestURL = 300

    /// The most frequent reasons, those with most URLs first.
    private(set) var kinds: [Kind] = []
    /// Whether there are more URLs than were looked at.
    private(set) var isCut = false

    init(retrying: [FrontierRow], dead: [FrontierRow]) {
        var found: [String: Kind] = [:]
        for (rows, path) in [(retrying, \Kind.retrying), (dead, \Kind.dead)] {
            for row in rows {
                let reason = Self.kind(of: row)
                found[reason, default: Kind(reason: reason)][keyPath: path] += 1
                guard (found[reason]?.samples.count ?? 0) < Self.mostSamples else { continue }
                found[reason]?.samples.append(String(row.url.prefix(Self.longestURL)))
            }
        }
        kinds = Array(found.values.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }.prefix(Self.mostKinds))
        isCut = max(retrying.count, dead.count) >= Self.mostRows || found.count > Self.mostKinds
    }

    /// Reasons of one kind differ in what stands behind the code: "timeout: after 30 s".
    private static func kind(of row: FrontierRow) -> String {
        guard let reason = row.reason, !reason.isEmpty else { return row.status.map { "http_\($0)" } ?? "unknown" }
        return String(reason.prefix { $0 != ":" && $0 != ";" && $0 != "(" }.prefix(80))
            .trimmingSuffix { $0 == " " }
    }
}

extension String {
    fileprivate func trimmingSuffix(while isLeftOut: (Character) -> Bool) -> String {
        String(reversed().drop(while: isLeftOut).reversed())
    }
}
