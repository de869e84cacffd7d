import ArgumentParser

/// What to run: which iterations of which seed, for how long, from which corpus.
struct Plan: ParsableArguments {
    @Option(help: "Where the random numbers start.")
    var seed: UInt64 = 1

    @Option(help: "The first iteration.")
    var from: UInt64 = 0

    @Option(help: "End each target after this many iterations.")
    var iterations: UInt64?

    @Option(help: "End each target after this many seconds. Without --iterations 10.")
    var seconds: Int?

    @Option(help: "A folder with more inputs to start from; may be given several times.")
    var corpus: [String] = []

    @Option(help: "Memory of the process that runs the target, in MiB; 0 for any, which AddressSanitizer needs.")
    var memory = 4_096

    /// The same, on a command line, from another iteration on.
    func arguments(from start: UInt64, seconds left: Int?) -> [String] {
        var arguments = ["--seed", String(seed), "--from", String(start), "--memory", String(memory)]
        if let iterations { arguments += ["--iterations", String(iterations - min(iterations, start - from))] }
        if let left { arguments += ["--seconds", String(left)] }
        for folder in corpus { arguments += ["--corpus", folder] }
        return arguments
    }
}
