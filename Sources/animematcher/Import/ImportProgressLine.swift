import Foundation
import Reports
import Terminal

/// Says how an import goes: one line that is painted over on a terminal, a line now and then elsewhere.
struct ImportProgressLine {
    private let start = ContinuousClock.now
    private var shown = ContinuousClock.now
    private let isSilent: Bool

    init(isSilent: Bool) {
        self.isSilent = isSilent
    }

    private var interval: Duration { Console.isTerminal ? .milliseconds(250) : .seconds(30) }

    /// - Parameters:
    ///   - share: How much of the work of this stage is done, from 0 to 1; nil where nobody knows.
    ///   - stage: When the stage began.
    mutating func show(
        _ what: String, count: Int, share: Double?, since stage: ContinuousClock.Instant, more: String = ""
    ) {
        guard !isSilent, shown.duration(to: .now) >= interval else { return }
        shown = .now
        let seconds = max(0.001, stage.duration(to: .now).inSeconds)
        var line = "\(count) \(what), \(Int(Double(count) / seconds)) a second"
        if let share, share > 0 {
            line += ", \(Int(share * 100)) %\(more), \(ProgressReport.time(seconds * (1 - share) / share)) left"
        }
        if Console.isTerminal { Console.paint(line) } else { Console.note(line) }
    }

    /// Takes the painted line away.
    func clear() { if Console.isTerminal, !isSilent { Console.paint("") } }
}
