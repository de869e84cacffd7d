import Foundation
import MongoDriver

/// `driver bulk COUNT BATCH DOCUMENTS` measures bulk writes of the documents in a file, one of extended JSON a line; `driver soak ROUNDS` does
/// every kind of operation so often and tells what the process keeps. On the server that `MONGODB_URI` names.
@main
enum Main {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        guard let uri = ProcessInfo.processInfo.environment["MONGODB_URI"] else { return usage() }
        do {
            switch (arguments.first, arguments.count) {
            case ("bulk", 4):
                let numbers = arguments.dropFirst().compactMap { Int($0) }
                guard numbers.count >= 2, let file = arguments.last else { return usage() }
                try await BulkBenchmark(uri: uri, count: numbers[0], batch: numbers[1], file: file).run()
            case ("soak", 2):
                guard let rounds = arguments.last.flatMap({ Int($0) }), rounds > 0 else { return usage() }
                try await DriverSoak(uri: uri, rounds: rounds).run()
            default: usage()
            }
        } catch {
            try? FileHandle.standardError.write(contentsOf: Data("driver: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func usage() {
        print("usage: MONGODB_URI=… driver bulk COUNT BATCH DOCUMENTS | driver soak ROUNDS")
        exit(64)
    }
}
