public import Foundation
import Subprocess
import SystemPackage

/// What is run in a process of its own: a program with what it is told, as a value.
public struct Command: Sendable {
    /// The program's path.
    public let program: String
    /// What it is told.
    public let arguments: [String]
    /// All that its environment has.
    public let environment: [String: String]
    /// Where it runs; nil for where the tests do.
    public let folder: String?

    /// - Parameter environment: Added to this process's.
    public init(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], folder: String? = nil
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        self.folder = folder
    }

    /// A program that is found as a shell finds it.
    public static func named(_ name: String, _ arguments: [String] = []) -> Self {
        Command("/usr/bin/env", [name] + arguments)
    }

    /// The same with so many descriptors at most.
    public func limited(descriptors: Int) -> Self {
        let script = "ulimit -n \(descriptors); exec \"$@\""
        return Command(
            "/bin/sh", ["-c", script, "sh", program] + arguments, environment: environment, folder: folder)
    }

    /// The same with so many descriptors open from its start.
    public func holding(descriptors: Int) -> Self {
        let script = """
            ulimit -n \(descriptors + 1024) && for ((i = 10; i < \(descriptors + 10); i++)); do eval "exec $i</dev/null"; done
            exec "$@"
            """
        return Command(
            "/bin/bash", ["-c", script, "bash", program] + arguments, environment: environment, folder: folder)
    }

    /// Runs it to its end.
    public func run(input: Data = Data()) async throws -> Program.Result {
        let running = try await RunningProgram(self, input: input)
        let status = await running.exit()
        return .init(status: status, output: running.output, errors: running.errors)
    }

    /// As the library wants it; whoever gives it up kills it.
    var configuration: Configuration {
        var options = PlatformOptions()
        // A group of its own: Ctrl-C is for the tests.
        options.processGroupID = 0
        let variables = environment.map { (Environment.Key(stringLiteral: $0), $1) }
        return Configuration(
            executable: .path(FilePath(program)), arguments: Arguments(arguments),
            environment: .custom(Dictionary(variables) { $1 }), workingDirectory: folder.map { FilePath($0) },
            platformOptions: options)
    }
}
