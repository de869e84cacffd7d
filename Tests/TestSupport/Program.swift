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
        self.environment = environment
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
        try await command(arguments).run(input: input)
    }

    /// The program with what it is told.
    public func command(_ arguments: [String]) -> Command {
        Command(
            folder.appendingPathComponent(name).path, arguments, environment: environment, folder: Self.project.path)
    }
}
