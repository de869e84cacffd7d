import Foundation
import WebStandards

/// `frontier SCHEMAS HOSTS COUNT…`: measures the frontier at each number of URLs, on the server that `MONGODB_URI` names.
@main
enum Main {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        let counts = arguments.dropFirst(2).compactMap { Int($0) }
        guard let schemas = arguments.first, let hosts = arguments.dropFirst().first.flatMap({ Int($0) }), hosts > 0,
            !counts.isEmpty, let uri = ProcessInfo.processInfo.environment["MONGODB_URI"]
        else {
            print("usage: MONGODB_URI=… frontier SCHEMAS HOSTS COUNT…")
            exit(64)
        }
        let benchmark = FrontierBenchmark(uri: uri, schemas: URL(fileURLWithPath: schemas), hosts: hosts)
        do {
            for count in counts {
                print(try await benchmark.run(count).serialized())
                fflush(nil)
            }
        } catch {
            try? FileHandle.standardError.write(contentsOf: Data("frontier: \(error)\n".utf8))
            exit(1)
        }
    }
}
