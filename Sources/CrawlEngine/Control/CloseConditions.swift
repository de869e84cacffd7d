/// When a run ends although there is more to do.
public struct CloseConditions: Sendable, Hashable {
    /// How long a run may go on without an item that is new or has changed.
    public enum Idle: Sendable, Hashable {
        /// So many pages.
        case pages(Int)
        /// So long, pauses not counted.
        case time(Duration)
    }

    /// How much a run must bring to be worth its requests.
    public struct Yield: Sendable, Hashable {
        /// Items, new or changed, for every hundred pages.
        public var itemsPerHundredPages: Double
        /// Pages over which that is measured; a run is not judged before it has visited so many.
        public var window: Int

        /// Makes a measure.
        public init(itemsPerHundredPages: Double, window: Int = 500) {
            self.itemsPerHundredPages = itemsPerHundredPages
            self.window = window
        }
    }

    /// Time since the start, pauses included: who plans with it plans with a clock.
    public var time: Duration?
    /// Pages asked for.
    public var pages: Int?
    /// Items written, new or changed.
    public var items: Int?
    /// Visits that failed, to be retried or given up.
    public var errors: Int?
    /// How long without a new item.
    public var idle: Idle?
    /// The least yield.
    public var minimumYield: Yield?

    /// Ends for no reason unless told.
    public init(
        time: Duration? = nil, pages: Int? = nil, items: Int? = nil, errors: Int? = nil, idle: Idle? = nil,
        minimumYield: Yield? = nil
    ) {
        self.time = time
        self.pages = pages
        self.items = items
        self.errors = errors
        self.idle = idle
        self.minimumYield = minimumYield
    }
}
