/// Which condition ended a run, in the words of the command line.
public enum CloseReason: Sendable, Hashable, CustomStringConvertible {
    case time(Duration)
    case pages(Int)
    case items(Int)
    case errors(Int)
    case idle(CloseConditions.Idle)
    case yield(CloseConditions.Yield, reached: Double)

    public var description: String {
        switch self {
        case .time(let time): "max-time: \(Self.text(time)) are over"
        case .pages(let pages): "limit: \(Self.count(pages, "page")) reached"
        case .items(let items): "max-items: \(Self.count(items, "item")) written"
        case .errors(let errors): "max-errors: \(Self.count(errors, "visit")) failed"
        case .idle(.pages(let pages)): "no-new-items: none in \(Self.count(pages, "page"))"
        case .idle(.time(let time)): "no-new-items: none in \(Self.text(time))"
        case .yield(let yield, let reached):
            "min-yield: \(Self.text(reached)) new or changed items per 100 pages over the last \(yield.window), "
                + "\(Self.text(yield.itemsPerHundredPages)) wanted"
        }
    }

    private static func count(_ number: Int, _ what: String) -> String { "\(number) \(what)\(number == 1 ? "" : "s")" }

    private static func text(_ time: Duration) -> String { "\(text(time.seconds)) s" }

    private static func text(_ number: Double) -> String {
        let tenths = (number * 10).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
    }
}
