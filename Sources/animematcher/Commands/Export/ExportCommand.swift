import ArgumentParser
import Exports
import Foundation
import MongoDriver
import Storage
import Terminal
import WebStandards

/// `animematcher export`: takes the data out.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Take data out: JSON lines, CSV, BSON, a sparse matrix, WARC.",
        discussion: """
            The file's ending says its form (.jsonl .csv .bson .npz .mtx .warc), and .gz or .zst behind it that it is compressed. \
            It appears whole or not at all, and its folder is made where there is none. A file that is there is not replaced without --force. All documents are as they were at \
            one moment; FILE.export.json says which, by the number of its last change.

              animematcher export entries entries.jsonl.gz
              animematcher export users users.csv --site myanimelist
              animematcher export ratings ratings.csv
              animematcher export ratings ratings.npz
              animematcher export anime dump/anime.bson
              animematcher export pages pages.warc.gz --site myanimelist

            Beside a matrix stand NAME.users.txt and NAME.items.txt, the keys of its rows and columns; beside BSON NAME.metadata.json, \
            for mongorestore.

            What changed since an earlier export, and what was deleted:

              animematcher export entries monday.jsonl
              animematcher export entries tuesday.jsonl --since monday.jsonl

            docs/export.md describes each form, with lines of Python to read it.
            """)

    @Argument(help: "What: \(ExportSubject.allCases.map(\.rawValue).joined(separator: ", ")).")
    var subject: ExportSubject

    @Argument(help: "The file; - for standard output.")
    var file = "-"

    @Option(
        help:
            "The form: \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")). Default: as the file's ending says."
    )
    var format: ExportFormat?

    @Option(help: "Only what is of this site.")
    var site: String?

    @Option(
        help: ArgumentHelp("Only what changed after this change, or after an earlier export.", valueName: "number|file")
    )
    var since: String?

    @Flag(help: "Replace the file if it is there.")
    var force = false

    @Flag(help: "Print the summary as JSON.")
    var json = false

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let format = try form()
        let since = try since.map(number)
        // Before anything is asked, so that a name that is taken is told at once.
        let file = try OutputFile(file, mayReplace: force, makesFolder: true)
        let summary = try await database.withDatabase { database, _ in
            if let site { try await ProjectFolder.check(site: site, in: database) }
            do {
                return try await write(format, since: since, from: database, to: file)
            } catch let refusal as ExportStore.Refusal {
                throw Failure(refusal.description)
            }
        }
        if file.name != "-", summary.extent != nil { try summary.store() }
        report(summary)
    }

    private func form() throws -> ExportFormat {
        let known = subject.formats.map(\.rawValue).joined(separator: ", ")
        let format =
            try format
            ?? (file == "-" ? subject.formats[0] : ExportFormat(file: file)).orThrow(
                ValidationError(
                    "\(Console.visible(file)): the ending says no form; expected one of \(known), or --format"))
        guard subject.formats.contains(format) else {
            throw ValidationError(
                "\(subject.rawValue) cannot be written as \(format.rawValue); expected one of \(known)")
        }
        if site != nil, !subject.hasSite {
            throw ValidationError("--site: \(subject.rawValue) are not of one site")
        }
        if since != nil, !format.tellsChanges || subject == .pages {
            throw ValidationError(
                "--since: \(subject.rawValue) as \(format.rawValue) are written whole only; expected jsonl or csv of what is in the change log"
            )
        }
        if file == "-", format == .npz || format == .mtx {
            throw ValidationError("\(format.rawValue) is three files; expected the name of the first")
        }
        if format == .npz, FileCompression.split(file).compression != nil {
            throw ValidationError("\(Console.visible(file)): expected a name that ends in .npz")
        }
        return format
    }

    private func number(_ text: String) throws -> Int {
        if let number = Int(text) {
            guard number >= 0 else { throw ValidationError("--since \(number): expected the number of a change, or 0") }
            return number
        }
        return try ExportSummary.until(of: text, what: subject.rawValue, site: site)
    }

    private func write(
        _ format: ExportFormat, since: Int?, from database: AnimeDatabase, to file: OutputFile
    ) async throws -> ExportSummary {
        if format == .warc {
            return try await PageExport(from: database.pages, software: "AnimeMatcher/\(AnimeMatcher.version)").write(
                site: site, now: Date(), to: file)
        }
        if let format = MatrixFormat(rawValue: format.rawValue) { return try await writeMatrix(format, database, file) }
        guard let collection = subject.collection else {
            return try await RatingsExport(from: database.exports).writeTable(site: site, since: since, to: file)
        }
        guard let format = DocumentFormat(rawValue: format.rawValue) else {
            throw ValidationError("\(format.rawValue): not a form of documents")
        }
        let export = DocumentExport(collection, schema: try Self.schema(of: collection), from: database.exports)
        guard format == .bson, file.name != "-" else {
            return try await export.write(format, site: site, since: since, to: file)
        }
        let (stem, ending) = parts(file.name)
        let definition = try OutputFile("\(stem).metadata.json\(ending)", mayReplace: force)
        var summary = try await export.write(format, site: site, since: since, to: file)
        // Last: of an export that fails nothing is left that a second one would have to replace.
        try await export.writeDefinition(to: definition)
        summary.beside.append(definition.name)
        return summary
    }

    private func writeMatrix(
        _ format: MatrixFormat, _ database: AnimeDatabase, _ file: OutputFile
    ) async throws -> ExportSummary {
        let stem = parts(file.name).stem
        return try await RatingsExport(from: database.exports).writeMatrix(
            format, site: site, to: file, users: try OutputFile("\(stem).users.txt", mayReplace: force),
            items: try OutputFile("\(stem).items.txt", mayReplace: force))
    }

    /// A name without the ending that says its form, and the ending that says its compression.
    private func parts(_ name: String) -> (stem: String, ending: String) {
        let (plain, compression) = FileCompression.split(name)
        let url = URL(fileURLWithPath: plain)
        let stem = url.pathExtension.isEmpty ? plain : String(plain.dropLast(url.pathExtension.count + 1))
        return (stem, compression?.rawValue ?? "")
    }

    private static func schema(of collection: ExportedCollection) throws -> BSONDocument {
        let set = try SchemaSet(folder: try ProjectFolder.locate().appendingPathComponent("schemas"))
        return set.schemas.first { $0.collection == collection.rawValue }?.document ?? [:]
    }

    /// On standard error where standard output has the data.
    private func report(_ summary: ExportSummary) {
        let isData = file == "-"
        if json { return isData ? Console.note(summary.value.serialized()) : Console.print(summary.value) }
        var line = "\(summary.what): \(summary.documents) written"
        if summary.rows != summary.documents { line += ", \(summary.rows) rows" }
        if summary.referring > 0 { line += ", \(summary.referring) of them refer to the same body" }
        if summary.unreadable > 0 { line += ", \(summary.unreadable) cannot be decompressed" }
        if summary.deleted > 0 { line += ", \(summary.deleted) deleted" }
        if let extent = summary.extent {
            line += "; up to change \(extent.until)"
            if extent.moments > 1 {
                line +=
                    ", of \(extent.moments) moments: what changed meanwhile is in the next export since \(extent.until)"
            }
        }
        isData ? Console.note(line) : Console.print(line)
    }
}

extension Optional {
    /// What is there, or an error.
    fileprivate func orThrow(_ error: @autoclosure () -> any Error) throws -> Wrapped {
        guard let self else { throw error() }
        return self
    }
}
