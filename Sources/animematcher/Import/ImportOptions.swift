public import ArgumentParser
public import CrawlEngine
import Foundation

/// What all imports are told.
struct ImportOptions: ParsableArguments {
    @Argument(help: "The file, also compressed with gzip or zstd; - is standard input.")
    var file: String

    @Option(help: "How the file is written: csv, movielens-dat, jsonl, json or mal-xml. Default: as its content shows.")
    var format: ImportFormat?

    @Option(help: "The site whose numbers the file uses.")
    var site = "myanimelist"

    @Option(
        help: ArgumentHelp(
            "Where rows that are left out are written. Default: FILE.rejected.csv or .jsonl, made when there are any.",
            valueName: "path"))
    var rejects: String?

    @Flag(help: "Begin anew, where an import of the same file did not come to its end.")
    var restart = false

    @Flag(help: "Read and report; write nothing, ask no database.")
    var dryRun = false

    @Flag(help: "Print a summary as JSON.")
    var json = false

    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        let isName = site.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
        guard isName, (1...64).contains(site.utf8.count) else {
            throw ValidationError("--site: expected the name of a site such as myanimelist")
        }
    }

    /// The file's name without its folder, as it is stored.
    var fileName: String { file == "-" ? "standard input" : URL(fileURLWithPath: file).lastPathComponent }
}

extension ImportFormat: ExpressibleByArgument {}
