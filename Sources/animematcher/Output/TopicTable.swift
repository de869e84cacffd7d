import Indexing
import Terminal

/// Topics on a terminal, the one most anime are about first.
struct TopicTable {
    private static let words = 6
    private static let titleWidth = 26

    private let report: TopicReport

    init(_ report: TopicReport) { self.report = report }

    var lines: [String] {
        var table = Table([
            ("topic", .right), ("anime", .right), ("share", .right), ("", .left), ("coherence", .right),
            ("words", .left),
            ("most of it", .left),
        ])
        let greatest = report.topics.map(\.share).max() ?? 0
        for topic in report.topics.sorted(by: { ($1.animeCount, $0.number) < ($0.animeCount, $1.number) }) {
            table.add([
                String(topic.number), String(topic.animeCount), percent(topic.share), bar(topic.share, of: greatest),
                decimal(topic.coherence), topic.words.prefix(Self.words).joined(separator: " "),
                topic.anime.map { Console.visible($0.id, limit: Self.titleWidth) }.joined(separator: " · "),
            ])
        }
        return table.lines + ["", summary]
    }

    private var summary: String {
        let recipe =
            report.recipe == .standard && report.method == .nmf
            ? "" : " (\(report.recipe.rawValue), \(report.method.rawValue))"
        return "\(report.topics.count) topics of \(report.animeCount) anime\(recipe), from \(report.termCount) terms; "
            + "coherence \(decimal(report.coherence)), \(percent(report.diversity)) of their words are different"
    }

    private func percent(_ share: Double) -> String { "\(decimal(share * 100, places: 1)) %" }

    private func decimal(_ value: Double, places: Int = 3) -> String {
        let scale = places == 1 ? 10.0 : 1000.0
        let rounded = (value * scale).rounded() / scale
        let text = "\(rounded)"
        let fraction = text.split(separator: ".").last?.count ?? 0
        return text + String(repeating: "0", count: max(0, places - fraction))
    }

    /// Up to eight blocks, to an eighth of a block.
    private func bar(_ share: Double, of greatest: Double) -> String {
        guard greatest > 0 else { return "" }
        let eighths = Int((share / greatest * 64).rounded())
        let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        return String(repeating: "█", count: eighths / 8) + rest
    }
}
