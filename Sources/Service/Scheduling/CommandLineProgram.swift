public import Foundation
import Subprocess

/// `animematcher` as this service starts it: where it is, and what it is told besides its arguments.
public struct CommandLineProgram: Sendable {
    private let file: URL
    private let environment: [String: String]
    private let printsJSON: Bool

    /// - Parameters:
    ///   - file: The program.
    ///   - environment: Tells it where the database and the configuration are, besides what this process has.
    ///   - printsJSON: Whether what it prints at its end is JSON too, as this process's log is.
    public init(_ file: URL, environment: [String: String], printsJSON: Bool) {
        self.file = file
        self.environment = environment
        self.printsJSON = printsJSON
    }

    /// Whether it is there.
    var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// What it is called in messages.
    var path: String { file.path }

    /// Begins it, printing what came of it among what this process prints.
    ///
    /// - Parameter arguments: A command that has `--json`.
    func begin(_ arguments: [String]) -> ChildProgram {
        ChildProgram(file, arguments + (printsJSON ? ["--json"] : []), environment: environment)
    }

    /// Begins it, printing nothing.
    func beginQuietly(_ arguments: [String]) -> ChildProgram {
        ChildProgram(file, arguments, environment: environment, output: .discarded)
    }
}
