import ArgumentParser
import Foundation

/// `fuzz work`: the process that may crash; started by `fuzz run`.
struct WorkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "work", shouldDisplay: false)

    /// The exit code of a violation, so that it is told from a trap.
    static let violationCode: Int32 = 3

    @Argument var target: String
    @Option var slot: String
    @OptionGroup var plan: Plan

    func run() throws {
        guard let type = FuzzTargets.named(target).first else { throw ValidationError("no target '\(target)'") }
        limitMemory()
        let (target, slot) = (type.init(), try InputSlot(path: slot))
        let mutator = Mutator(
            corpus: Corpus(of: target, folders: plan.corpus).inputs,
            dictionary: target.dictionary.map { Array($0.utf8) },
            maximumLength: target.maximumLength)
        let start = ContinuousClock.now
        let seconds = plan.seconds ?? (plan.iterations == nil ? 10 : nil)
        var iteration = plan.from
        while iteration - plan.from < plan.iterations ?? .max {
            if let seconds, start.duration(to: .now) >= .seconds(seconds) { return }
            let input = mutator.input(seed: plan.seed, iteration: iteration)
            slot.note(iteration: iteration, input: input)
            do { try target.check(input) } catch {
                try? FileHandle.standardError.write(contentsOf: Data("\(error)\n".utf8))
                throw ExitCode(Self.violationCode)
            }
            slot.noteEnd()
            iteration += 1
        }
    }

    private func limitMemory() {
        guard plan.memory > 0 else { return }
        var limit = rlimit(rlim_cur: rlim_t(plan.memory) << 20, rlim_max: rlim_t(plan.memory) << 20)
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    }
}
