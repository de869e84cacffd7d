import Foundation
import Reports
import Storage
import WebStandards
import Terminal

/// An index version, for people or for programs.
struct IndexReport {
    let version: IndexVersion
    /// The newest change in the log.
    let newestChange: Int
    var elapsed: Duration?
    /// Changes folded in just now.
    var changes: Int?

    func print(json: Bool) {
        if json { return Console.print(value) }
        let folded = changes.map { " (\($0) changes folded in)" } ?? ""
        Console.print("index version \(version.number) by \(version.built)\(folded)\(time)")
        Console.print("  \(version.items) anime, \(version.users) users, up to change \(version.change)")
        Console.print("  lag: \(lag) changes; published \(version.publishedAt.formatted(.iso8601))")
    }

    private var lag: Int { max(0, newestChange - version.change) }

    private var time: String { elapsed.map { String(format: " in %.2f s", $0.inSeconds) } ?? "" }

    private var value: JSONValue {
        .object([
            "version": .int(Int64(version.number)), "built": .string(version.built),
            "change": .int(Int64(version.change)),
            "newest_change": .int(Int64(newestChange)), "lag": .int(Int64(lag)), "anime": .int(Int64(version.items)),
            "users": .int(Int64(version.users)), "topics_changes": .int(Int64(version.topicsChanges)),
            "published_at": .string(version.publishedAt.formatted(.iso8601)),
            "seconds": elapsed.map { .double($0.inSeconds) } ?? .null,
            "changes": changes.map { .int(Int64($0)) } ?? .null,
        ])
    }
}
