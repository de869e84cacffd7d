import Foundation
import WebStandards

/// `scale load|measure|index-load|index SCHEMAS ENTRIES USERS ROWS`: fills a database of that size, or measures the one that was filled; one JSON line
/// for each figure, on the server that `MONGODB_URI` names.
@main
enum Main {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let sizes = arguments.dropFirst(2).compactMap { Int($0) }
        guard sizes.count == 3, sizes.allSatisfy({ $0 > 0 }),
            ["load", "measure", "index-load", "index"].contains(arguments[0]),
            let uri = ProcessInfo.processInfo.environment["MONGODB_URI"]
        else {
            print("usage: MONGODB_URI=… scale load|measure|index-load|index SCHEMAS ENTRIES USERS ROWS")
            exit(64)
        }
        var catalogue = ScaleCatalogue(entries: sizes[0], users: sizes[1], rows: sizes[2])
        catalogue.isMeasured = arguments[0].hasPrefix("index")
        do {
            let benchmark = try ScaleBenchmark(
                uri: uri, schemas: URL(fileURLWithPath: arguments[1]), catalogue: catalogue)
            switch arguments[0] {
            case "load", "index-load": try await benchmark.load()
            case "index": try await benchmark.measureIndex()
            default: try await benchmark.measure()
            }
        } catch {
            try? FileHandle.standardError.write(contentsOf: Data("scale: \(error)\n".utf8))
            exit(1)
        }
    }
}
