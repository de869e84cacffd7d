import ArgumentParser
import Foundation

/// `fuzz repeat`: runs one input again, in this process, so that a debugger sees what happens.
struct RepeatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repeat", abstract: "Run one input again; exit code 3 when a check fails.")

    @Argument(help: "The input.")
    var file: String

    @Option(help: "The target.")
    var target: String

    func run() throws {
        guard let type = FuzzTargets.named(target).first else {
            throw ValidationError("'\(target)': expected one of \(FuzzTargets.names.joined(separator: ", "))")
        }
        let input = try Data(contentsOf: URL(fileURLWithPath: file))
        do { try type.init().check([UInt8](input)) } catch {
            try? FileHandle.standardError.write(contentsOf: Data("\(error)\n".utf8))
            throw ExitCode(WorkCommand.violationCode)
        }
    }
}

/// `fuzz list`: the names of the targets.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Print the names of the targets.")

    func run() { FuzzTargets.names.forEach { print($0) } }
}
