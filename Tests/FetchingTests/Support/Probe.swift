import Foundation
import TestSupport

/// A run of `fetch-probe`: a process with an environment, limits and memory of its own.
struct Probe {
    let status: Int32
    let lines: [String]

    /// - Parameters:
    ///   - environment: Added to this process's.
    ///   - descriptors: How many files and sockets it may have open.
    init(_ arguments: [String], environment: [String: String] = [:], descriptors: Int = 1024) async throws {
        let command = Program("fetch-probe", environment: environment).command(arguments)
        let result = try await command.limited(descriptors: descriptors).run()
        (status, lines) = (result.status, result.output.split(separator: "\n").map(String.init))
    }

    /// The first number of the line that begins with a word.
    func number(_ word: String) -> Double? { numbers(word).first }

    /// The numbers of the line that begins with a word.
    func numbers(_ word: String) -> [Double] {
        lines.first { $0.hasPrefix("\(word) ") }?.split(separator: " ").dropFirst().compactMap { Double($0) } ?? []
    }

    /// By how much the process grew at its largest; a number too large when it did not say.
    var memoryKiB: Int { number("memory").map { Int($0) } ?? Int.max }
    /// How long all fetches took together; a number too large when it did not say.
    var seconds: Double { number("seconds") ?? .infinity }

    /// What came of each URL: its status, or "error code".
    var outcomes: [String] {
        lines.filter { $0.hasPrefix("http") }.map { line in
            let words = line.split(separator: " ").dropFirst()
            return words.first == "error" ? words.joined(separator: " ") : words.first.map(String.init) ?? ""
        }
    }
}
