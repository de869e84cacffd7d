import Foundation

/// An input for which something does not hold.
struct Finding {
    let target: String
    let seed: UInt64
    let iteration: UInt64
    let input: [UInt8]
    let minimised: [UInt8]
    let reason: String

    /// Writes input, smaller input and report; returns what to tell a person.
    func write(to folder: URL) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let name = "\(target)-\(seed)-\(iteration)"
        let file = folder.appendingPathComponent(name)
        let smaller = folder.appendingPathComponent(name + ".min")
        try Data(input).write(to: file)
        try Data(minimised).write(to: smaller)
        let report = """
            \(target): \(reason.trimmingCharacters(in: .whitespacesAndNewlines).prefix(4_000))
              input     \(file.path) (\(input.count) bytes; seed \(seed), iteration \(iteration))
              minimised \(smaller.path) (\(minimised.count) bytes)
              again     fuzz repeat \(smaller.path) --target \(target)
            """
        try Data((report + "\n").utf8).write(to: folder.appendingPathComponent(name + ".txt"))
        return report
    }
}
