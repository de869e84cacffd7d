/// Watches a run's progress for its close conditions. A value: what it is told is all it knows, the time included.
public struct CloseWatch: Sendable {
    /// How far a run has come. Pages and items are those of visits that are stored, so that neither runs ahead of the other.
    public struct Progress: Sendable, Hashable {
        /// Visits stored.
        public var pages: Int
        /// Items written, new or changed.
        public var items: Int
        /// Visits that failed.
        public var errors: Int
        /// Since the start.
        public var elapsed: Duration
        /// Of that, how long the site was paused.
        public var paused: Duration

        /// Makes a progress.
        public init(pages: Int = 0, items: Int = 0, errors: Int = 0, elapsed: Duration, paused: Duration = .zero) {
            self.pages = pages
            self.items = items
            self.errors = errors
            self.elapsed = elapsed
            self.paused = paused
        }

        fileprivate var working: Duration { elapsed - paused }
    }

    /// The conditions.
    public let conditions: CloseConditions
    /// As of the last item.
    private var lastItem = Progress(elapsed: .zero)
    /// Marks along the window of the yield, the oldest first.
    private var marks = [Progress(elapsed: .zero)]

    /// Marks kept over a window: the window is exact to a twentieth.
    private static let marksPerWindow = 20

    /// Watches for conditions.
    public init(_ conditions: CloseConditions) {
        self.conditions = conditions
    }

    /// The condition that holds now, if one does.
    public mutating func note(_ now: Progress) -> CloseReason? {
        if now.items > lastItem.items { lastItem = now }
        if let time = conditions.time, now.elapsed >= time { return .time(time) }
        if let items = conditions.items, now.items >= items { return .items(items) }
        if let errors = conditions.errors, now.errors >= errors { return .errors(errors) }
        if let idle = conditions.idle, isIdle(idle, now) { return .idle(idle) }
        return lowYield(now)
    }

    private func isIdle(_ idle: CloseConditions.Idle, _ now: Progress) -> Bool {
        switch idle {
        case .pages(let pages): now.pages - lastItem.pages >= pages
        case .time(let time): now.working - lastItem.working >= time
        }
    }

    private mutating func lowYield(_ now: Progress) -> CloseReason? {
        guard let yield = conditions.minimumYield else { return nil }
        let window = max(1, yield.window)
        if now.pages - marks[marks.count - 1].pages >= max(1, window / Self.marksPerWindow) { marks.append(now) }
        guard now.pages - marks[0].pages >= window else { return nil }
        // The youngest mark that still leaves a whole window behind.
        let start = marks.lastIndex { now.pages - $0.pages >= window } ?? 0
        marks.removeFirst(start)
        let reached = 100 * Double(now.items - marks[0].items) / Double(now.pages - marks[0].pages)
        return reached < yield.itemsPerHundredPages ? .yield(yield, reached: reached) : nil
    }
}
