import CrawlDomain
import CrawlEngine
import Foundation
import Storage
import Terminal
import WebStandards

/// What an import left out, and what it brought.
final class ImportReport {
    /// Rejects shown one by one; the rest is counted.
    private static let shown = 20

    let file: String
    private let rejects: RejectFile
    private(set) var rejected = 0
    /// Records that were read.
    var records = 0

    /// Rejects before which something must have been good.
    private static let patience = 1_000

    init(file: String, rejects: RejectFile = RejectFile(nil, isCSV: true)) {
        self.file = file
        self.rejects = rejects
    }

    func reject(_ reject: ImportReject) throws {
        self.reject("\(reject)")
        try rejects.add(reject)
    }

    func reject(_ reason: String) {
        rejected += 1
        if rejected <= Self.shown { Console.error("\(file): \(Console.visible(reason)); left out") }
    }

    /// Ends an import of which nothing is good: it is another file than was meant, and need not be written into a file of rejects whole.
    func check(accepted: Int) throws {
        guard accepted == 0, rejected >= Self.patience else { return }
        throw Failure(
            "\(file): the first \(rejected) records were all left out; see above what is expected, and animematcher import --help"
        )
    }

    /// What is known once everything is stored.
    struct Outcome {
        let noun: String
        let progress: ImportProgress
        let drops: [Drop]
        /// Documents that were deleted, of those that changed.
        let deleted: Int
        let isDryRun: Bool
        let seconds: Double
        /// Items that could be made, in a dry run.
        let valid: Int
    }

    /// Prints what came of it; whether there was anything at all.
    func show(_ outcome: Outcome, json: Bool, more: JSONObject = [:]) throws -> Bool {
        try rejects.flush()
        let progress = outcome.progress
        if rejected > Self.shown { Console.error("\(file): \(rejected - Self.shown) more left out") }
        for drop in outcome.drops.prefix(Self.shown) {
            Console.error("\(drop.key ?? ""): \(drop.reason.rawValue): \(Console.visible(drop.detail))")
        }
        if progress.refused > min(outcome.drops.count, Self.shown) {
            Console.error(
                "\(file): \(progress.refused - min(outcome.drops.count, Self.shown)) more were refused by what is stored"
            )
        }
        if rejects.exists, let path = rejects.path { Console.note("what was left out is in \(path)") }
        let imported = progress.inserted + progress.updated + progress.unchanged + outcome.valid
        if json { Console.print(.object(summary(outcome, more))) } else { lines(outcome).forEach { Console.print($0) } }
        return imported > 0
    }

    private func lines(_ outcome: Outcome) -> [String] {
        let progress = outcome.progress
        if outcome.isDryRun {
            return [
                "\(outcome.noun): \(outcome.valid) could be imported, \(rejected) would be left out; nothing was written"
            ]
        }
        let deleted = outcome.deleted > 0 ? " (\(outcome.deleted) of them deleted)" : ""
        var lines = [
            "\(outcome.noun): \(progress.inserted) new, \(progress.updated) changed\(deleted), \(progress.unchanged) unchanged, "
                + "\(rejected + progress.refused) left out"
        ]
        if progress.inserted + progress.updated == 0, progress.unchanged > 0 {
            let before = progress.finishedAt.map { ", and was imported before, on \($0.formatted(.iso8601))" } ?? ""
            lines.append("nothing changed: the file says what is stored\(before)")
        }
        return lines
    }

    private func summary(_ outcome: Outcome, _ more: JSONObject) -> JSONObject {
        let progress = outcome.progress
        var summary: JSONObject = [
            "file": .string(file), "kind": .string(outcome.noun), "records": .int(Int64(records)),
            "inserted": .int(Int64(progress.inserted)), "updated": .int(Int64(progress.updated)),
            "deleted": .int(Int64(outcome.deleted)), "unchanged": .int(Int64(progress.unchanged)),
            "refused": .int(Int64(progress.refused)),
            "rejected": .int(Int64(rejected)),
            "rejects": rejects.exists ? rejects.path.map(JSONValue.string) ?? .null : .null,
            "imported_before": progress.finishedAt.map { .string($0.formatted(.iso8601)) } ?? .null,
            "dry_run": .bool(outcome.isDryRun), "seconds": .double((outcome.seconds * 100).rounded() / 100),
        ]
        if outcome.isDryRun { summary["valid"] = .int(Int64(outcome.valid)) }
        for (name, value) in more { summary[name] = value }
        return summary
    }
}
