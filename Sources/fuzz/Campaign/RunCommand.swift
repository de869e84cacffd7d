import ArgumentParser
import Foundation

/// `fuzz run`: runs targets and keeps the inputs that fail.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run one target or all; exit code 1 when something was found.")

    @Argument(help: "A target, or all.")
    var target: String

    @OptionGroup var plan: Plan

    @Option(help: "Where failing inputs are written.")
    var findings = "fuzz-findings"

    @Option(help: "End a target after this many findings.")
    var maximumFindings = 1

    @Option(help: "Seconds one input may take.")
    var patience = 20

    func validate() throws {
        if FuzzTargets.named(target).isEmpty {
            throw ValidationError("'\(target)': expected all or one of \(FuzzTargets.names.joined(separator: ", "))")
        }
        if plan.iterations == 0 || plan.seconds.map({ $0 < 1 }) ?? false || maximumFindings < 1 || patience < 1 {
            throw ValidationError("--iterations, --seconds, --maximum-findings, --patience: expected a number from 1")
        }
    }

    func run() async throws {
        var found = 0
        for type in FuzzTargets.named(target) {
            let campaign = Campaign(
                target: type.name, plan: plan, findings: URL(fileURLWithPath: findings),
                maximumFindings: maximumFindings,
                child: ChildProcess(patience: patience))
            let result = try await campaign.run { print($0) }
            found += result.findings
            let seconds = (result.seconds * 10).rounded() / 10
            print("\(type.name): \(result.iterations) iterations, \(seconds) s, \(result.findings) findings")
            fflush(nil)
        }
        if found > 0 { throw ExitCode.failure }
    }
}
