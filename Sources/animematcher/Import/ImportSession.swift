import ArgumentParser
import CrawlDomain
import CrawlEngine
import Exports
import Fetching
import Foundation
import Indexing
import Reports
import Storage
import Terminal
import WebStandards

/// One import from the file's first byte to the last line of the report.
final class ImportSession {
    let options: ImportOptions
    let kind: String
    let source: ImportSource
    let format: ImportFormat
    let report: ImportReport
    var progress: ImportProgressLine
    let pipeline: ItemPipeline
    private let identity: String?
    /// Whether it is an export that had nothing to write, as one since a change may be.
    private let isEmptyExport: Bool
    private let start = ContinuousClock.now

    /// Opens the file and recognises its format.
    ///
    /// - Parameter ways: Options that make another import of the same file.
    init(_ options: ImportOptions, kind: String, ways: [String] = []) throws {
        self.options = options
        self.kind = kind
        let exported = options.file == "-" ? nil : ExportSummary.content(of: options.file)
        // Rows that say what is gone say not of which collection.
        if let exported, exported.what != kind {
            throw Failure(
                "\(options.file) is an export of \(exported.what), as \(ExportSummary.name(beside: options.file)) says; expected one of \(kind)"
            )
        }
        isEmptyExport = exported?.isEmpty ?? false
        source = try ImportSource(options.file)
        let head = try source.head(ImportFormat.headBytes)
        format = options.format ?? ImportFormat(head: head) ?? .csv
        identity = source.identity(([kind, options.site, format.rawValue] + ways).joined(separator: "|"))
        let isCSV = format == .csv || format == .movieLensDat
        let standard =
            options.file == "-" || options.dryRun ? nil : "\(options.file).rejected.\(isCSV ? "csv" : "jsonl")"
        if let rejects = options.rejects, Self.isSame(rejects, options.file) {
            throw Failure("--rejects \(rejects): is the file to import; expected another one")
        }
        report = ImportReport(
            file: options.file == "-" ? "standard input" : options.file,
            rejects: RejectFile(options.rejects ?? standard, isCSV: isCSV, isOptional: options.rejects == nil))
        progress = ImportProgressLine(isSilent: false)
        pipeline = ItemPipeline(schemas: try ProjectFolder.itemSchemas())
        if !head.isEmpty {
            Console.note("\(report.file): \(format.rawValue)\(source.coding.map { ", \($0.rawValue)" } ?? "")")
        }
    }

    /// Runs `body` with where items go, and reports.
    ///
    /// - Parameter body: Reads the file and stores what it makes of it; given the database but in a dry run.
    /// - Returns: What `body` has to tell beside.
    @discardableResult
    func run(
        _ body: (ImportSink, AnimeDatabase?, Configuration) async throws -> JSONObject
    ) async throws -> JSONObject {
        guard !options.dryRun else {
            let sink = ImportSink(database: nil, file: nil, cause: cause, progress: ImportProgress(startedAt: Date()))
            let more = try await body(sink, nil, options.database.configuration.load())
            try finish(sink, more)
            return more
        }
        return try await options.database.withDatabase { database, configuration in
            let file = identity.map {
                ImportedFile(id: $0, name: options.fileName, kind: kind, site: options.site, bytes: source.size ?? 0)
            }
            var known = ImportProgress(startedAt: Date())
            if let file { known = try await database.imports.begin(file, restart: options.restart, at: Date()) }
            if known.isResumed {
                Console.note(
                    "going on behind \(known.position) \(noun), which an import begun \(known.startedAt.formatted(.iso8601)) has stored; --restart begins anew"
                )
            }
            let sink = ImportSink(database: database, file: file, cause: cause, progress: known)
            let more: JSONObject
            do {
                more = try await body(sink, database, configuration)
                try await sink.settle()
                if let file { try await database.imports.finish(file, at: Date()) }
            } catch  where AnimeDatabase.isOutage(error) {
                progress.clear()
                let next =
                    file == nil
                    ? "Give it again from its beginning: what is stored already changes nothing."
                    : "The same command goes on where this one has ended."
                throw Failure("MongoDB was lost: \(error)\n  \(next)")
            }
            try finish(sink, more)
            return more
        }
    }

    private static func isSame(_ path: String, _ other: String) -> Bool {
        func number(_ path: String) -> [NSObject?]? {
            let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            guard let found = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
            return [found[.systemNumber] as? NSNumber, found[.systemFileNumber] as? NSNumber]
        }
        return number(path).map { $0 == number(other) } ?? false
    }

    private var cause: ChangeCause { ChangeCause(.import, id: String(options.fileName.prefix(200))) }
    private var noun: String { kind == "ratings" ? "people" : "records" }

    private func finish(_ sink: ImportSink, _ more: JSONObject) throws {
        var more = more
        more["kind"] = .string(kind)
        progress.clear()
        let outcome = ImportReport.Outcome(
            noun: kind == "ratings" || kind == "list" ? "users" : kind, progress: sink.progress, drops: sink.drops,
            deleted: sink.deleted, isDryRun: options.dryRun, seconds: start.duration(to: .now).inSeconds,
            valid: sink.valid)
        guard try report.show(outcome, json: options.json, more: more) || isEmptyExport else {
            Console.error("\(report.file): nothing could be imported")
            throw ExitCode.failure
        }
    }

    /// Reads records and stores the items that `items` makes of each; of a record which says that a document is gone, deletes that.
    func records(
        of type: ItemType, into sink: ImportSink, _ items: (ImportRecord) throws -> [Item]
    ) async throws {
        var reader = ImportRecordReader(format)
        var batch = ImportRows()
        var position = 0
        let stage = ContinuousClock.now
        func store(upTo position: Int) async throws {
            try await sink.store(batch, upTo: position)
            batch = ImportRows()
        }
        func take(_ outcomes: [ImportRecordReader.Outcome]) async throws {
            for outcome in outcomes {
                position += 1
                do {
                    let record = try outcome.get()
                    if let deletion = try record.deletion(of: type) {
                        if batch.contradict(deletion) { try await store(upTo: position - 1) }
                        batch.add(deletion)
                    } else {
                        let items = try items(record)
                        if batch.contradict(items) { try await store(upTo: position - 1) }
                        batch.add(items)
                    }
                } catch let reject as ImportReject { try report.reject(reject) }
                if batch.count >= Self.batchItems { try await store(upTo: position) }
            }
            report.records = position
            try report.check(accepted: position - report.rejected)
            progress.show("records", count: position, share: share, since: stage, more: bytes)
        }
        while let piece = try source.next() {
            let outcomes = reader.read(piece)
            if position == 0 { try check(reader.header, for: type) }
            try await take(outcomes)
        }
        let last = reader.finish()
        if position == 0 { try check(reader.header, for: type) }
        try await take(last)
        if batch.count > 0 { try await store(upTo: position) }
    }

    private func check(_ header: ImportHeader?, for type: ItemType) throws {
        do throws(ImportError) { try header?.check(for: type) } catch { throw Failure("\(report.file): \(error)") }
    }

    private static let batchItems = 500

    /// How much of the file was read; nil where its size is not known.
    var share: Double? { source.size.map { $0 == 0 ? 1 : Double(source.bytesRead) / Double($0) } }

    /// "12 of 160 MB".
    var bytes: String { source.size.map { " of \($0 / 1_000_000) MB" } ?? "" }
}
