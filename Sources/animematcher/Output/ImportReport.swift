import CrawlDomain
import CrawlEngine
import Terminal

/// What an import left out, and what it brought.
struct ImportReport {
    /// Rejects shown one by one; the rest is counted.
    private static let shown = 20

    let file: String
    private(set) var rejects = 0

    init(file: String) {
        self.file = file
    }

    mutating func reject(_ reject: ImportReject) { self.reject("\(reject)") }

    mutating func reject(_ reason: String) {
        rejects += 1
        if rejects <= Self.shown { Console.error("\(file): \(Console.visible(reason)); left out") }
    }

    func show(_ summary: CommitSummary, noun: String) {
        if rejects > Self.shown { Console.error("\(file): \(rejects - Self.shown) more left out") }
        for drop in summary.drops.prefix(Self.shown) {
            Console.error("\(drop.key ?? ""): \(drop.reason.rawValue): \(Console.visible(drop.detail))")
        }
        if summary.drops.count > Self.shown {
            Console.error("\(file): \(summary.drops.count - Self.shown) more were refused by what is stored")
        }
        Console.print(
            "\(noun): \(summary.inserted) new, \(summary.updated) changed, \(summary.unchanged) unchanged, "
                + "\(rejects + summary.drops.count) left out")
    }
}
