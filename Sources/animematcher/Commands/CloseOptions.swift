import ArgumentParser
import CrawlEngine
import Terminal

/// When a crawl ends although there is more to do.
struct CloseOptions: ParsableArguments {
    @Option(help: "End after this many pages.")
    var limit: Int?

    @Option(help: ArgumentHelp("End after this time, such as 90s, 30m or 2h.", valueName: "time"))
    var maxTime: String?

    @Option(help: "End once this many items are written, new or changed; the batch under way is stored too.")
    var maxItems: Int?

    @Option(help: "End once this many visits have failed, whether they are retried or given up.")
    var maxErrors: Int?

    @Option(
        help: ArgumentHelp(
            "End when so many pages (500), or so long (30m), brought no new or changed item.", valueName: "pages|time"))
    var noNewItems: String?

    @Option(
        help: ArgumentHelp(
            "End when the last pages (see --yield-pages) brought fewer new or changed items for every 100 of them.",
            valueName: "items"))
    var minYield: Double?

    @Option(help: "Pages over which --min-yield is measured. Default: 500.")
    var yieldPages: Int?

    mutating func validate() throws {
        for (name, value) in [
            ("limit", limit), ("max-items", maxItems), ("max-errors", maxErrors), ("yield-pages", yieldPages),
        ] {
            if let value, value < 1 { throw ValidationError("--\(name): expected a whole number from 1") }
        }
        if let minYield, !(minYield > 0 && minYield <= 1_000_000) {
            throw ValidationError("--min-yield: expected a number of items above 0")
        }
        guard yieldPages == nil || minYield != nil else {
            throw ValidationError("--yield-pages: expected --min-yield beside it")
        }
        _ = try conditions()
    }

    /// The conditions as the crawl takes them.
    func conditions() throws -> CloseConditions {
        CloseConditions(
            time: try maxTime.map { try Self.time($0, option: "max-time", "a time such as 90s, 30m or 2h") },
            pages: limit, items: maxItems, errors: maxErrors, idle: try noNewItems.map(idle),
            minimumYield: minYield.map { .init(itemsPerHundredPages: $0, window: yieldPages ?? 500) })
    }

    private func idle(_ text: String) throws -> CloseConditions.Idle {
        if let pages = Int(text), pages > 0 { return .pages(pages) }
        return .time(
            try Self.time(text, option: "no-new-items", "a number of pages such as 500, or a time such as 30m"))
    }

    static func time(_ text: String, option: String, _ expected: String) throws -> Duration {
        guard let time = Duration(spiderText: text), time > .zero else {
            throw ValidationError("--\(option) \(Console.visible(text)): expected \(expected)")
        }
        return time
    }
}
