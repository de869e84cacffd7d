public import Foundation

/// Runs one of the built programs as a user would.
public struct Program: Sendable {
    /// What a finished program left.
    public struct Result: Sendable {
        public let status: Int32
        public let output: String
        public let errors: String

        /// Standard output as lines, without empty ones.
        public var lines: [String] { output.split(whereSeparator: \.isNewline).map(String.init) }

        /// Each line of standard output as a JSON object; lines that are none are left out.
        public var objects: [[String: Any]] {
            lines.compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
        }

        /// All of standard output as one JSON object.
        public var object: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]) ?? [:]
        }
    }

    private let name: String
    private let environment: [String: String]
    private let folder: URL

    /// The program of this name, from the same build as the running tests unless a folder is given.
    public init(_ name: String, environment: [String: String] = [:], folder: URL = Program.folder) {
        self.name = name
        self.folder = folder
        self.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    }

    /// The folder the programs are built into.
    public static var folder: URL {
        if let named = ProcessInfo.processInfo.environment["ANIMEMATCHER_BIN"] { return URL(fileURLWithPath: named) }
        return URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    }

    /// The project's own folder.
    public static var project: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// Runs it to its end.
    public func run(_ arguments: [String], input: Data = Data()) async throws -> Result {
        let process = makeProcess(arguments)
        // Files, not pipes: a full pipe that nobody reads would stop the program.
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("program-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let names = ["in", "out", "err"].map { folder.appendingPathComponent($0) }
        try input.write(to: names[0])
        for name in names.dropFirst() { try Data().write(to: name) }
        process.standardInput = try FileHandle(forReadingFrom: names[0])
        process.standardOutput = try FileHandle(forWritingTo: names[1])
        process.standardError = try FileHandle(forWritingTo: names[2])
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Result(
            status: status, output: String(decoding: try Data(contentsOf: names[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: names[2]), as: UTF8.self))
    }

    /// A process ready to be started, for tests that signal it.
    public func makeProcess(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = folder.appendingPathComponent(name)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = Self.project
        return process
    }
}
