import Foundation

/// Runs one target in child processes, and turns each crash, violation and hang into a ``Finding``.
struct Campaign {
    let target: String
    let plan: Plan
    let findings: URL
    let maximumFindings: Int
    let child: ChildProcess

    /// What came of it.
    struct Result {
        var iterations: UInt64 = 0
        var findings = 0
        var seconds = 0.0
    }

    func run(report: (String) -> Void) async throws -> Result {
        let slotFile = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(UUID().uuidString).slot")
        defer { try? FileManager.default.removeItem(at: slotFile) }
        let slot = try InputSlot(path: slotFile.path)
        let (start, seconds) = (ContinuousClock.now, plan.seconds ?? (plan.iterations == nil ? 10 : nil))
        var (result, next) = (Result(), plan.from)
        while result.findings < maximumFindings {
            let left = seconds.map { $0 - Int(start.duration(to: .now).components.seconds) }
            if let left, left <= 0 { break }
            let end = try await child.run(
                ["work", target, "--slot", slotFile.path] + plan.arguments(from: next, seconds: left)
            ) { slot.ended }
            guard let reason = reason(of: end) else { break }
            result.findings += 1
            let finding = Finding(
                target: target, seed: plan.seed, iteration: slot.iteration, input: slot.input,
                minimised: await minimised(slot.input, end), reason: reason)
            report(try finding.write(to: findings))
            next = slot.iteration + 1
        }
        result.iterations = slot.ended + UInt64(result.findings)
        let elapsed = start.duration(to: .now).components
        result.seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
        return result
    }

    private func reason(of end: ChildProcess.End) -> String? {
        switch end {
        case .done: nil
        case .violation(let text): text
        case .crash(let text): "crash: \(text)"
        case .hang: "one input took more than \(child.patience) seconds"
        }
    }

    private func minimised(_ input: [UInt8], _ end: ChildProcess.End) async -> [UInt8] {
        // Every try of a hang that is still one takes the whole patience.
        let tries = if case .hang = end { 6 } else { 400 }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(UUID().uuidString).input")
        defer { try? FileManager.default.removeItem(at: file) }
        return await Minimiser(maximumTries: tries).minimised(input) { candidate in
            guard (try? Data(candidate).write(to: file)) != nil,
                let end = try? await child.run(["repeat", file.path, "--target", target])
            else { return false }
            if case .done = end { return false }
            return true
        }
    }
}
