import Foundation

/// Measures our parts on a prepared workload; one JSON line each, as the peers print theirs.
@main
enum Benchmarks {
    static func main() async {
        var arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 1 else {
            print("usage: benchmarks WORKLOAD [NAME…]      Scripts/benchmarks prepares the workload")
            exit(64)
        }
        let workload = Workload(folder: URL(fileURLWithPath: arguments.removeFirst()))
        do {
            for subject in try Subjects.all(workload, named: Set(arguments)) {
                print(try await Runner().measure(subject).json)
                fflush(nil)
            }
        } catch {
            try? FileHandle.standardError.write(contentsOf: Data("benchmarks: \(error)\n".utf8))
            exit(1)
        }
    }
}
