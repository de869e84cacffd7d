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
        let process = Program("fetch-probe", environment: environment).makeProcess([])
        let program = process.executableURL?.path ?? ""
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "ulimit -n \(descriptors); exec \"$0\" \"$@\"", program] + arguments
        let output = Pipe()
        process.standardOutput = output
        let reading = output.fileHandleForReading
        let started = process
        (status, lines) = try await withCheckedThrowingContinuation { continuation in
            do {
                try started.run()
            } catch {
                return continuation.resume(throwing: error)
            }
            // On a thread of its own, as reading and waiting block.
            let box = ProcessBox(process: started, reading: reading)
            startThread {
                let text = String(decoding: box.reading.readDataToEndOfFile(), as: UTF8.self)
                box.process.waitUntilExit()
                continuation.resume(
                    returning: (box.process.terminationStatus, text.split(separator: "\n").map(String.init)))
            }
        }
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

    /// `@unchecked Sendable`: handed to one thread, which alone uses it from then on.
    private struct ProcessBox: @unchecked Sendable {
        let process: Process
        let reading: FileHandle
    }
}
