/// What fails again and again is said once until it changes, and tried ever later: a value, told what came of each try.
struct RepeatedFailure {
    private static let longest: Duration = .seconds(10)

    private let first: Duration
    private var next: Duration
    private var said: String?

    /// - Parameter first: The pause after the first failure; each further one is twice as long, up to ten seconds.
    init(first: Duration) { (self.first, next) = (first, first) }

    /// It failed.
    ///
    /// - Returns: Whether that is to be said, and how long to wait.
    mutating func failed(_ reason: String) -> (isNew: Bool, pause: Duration) {
        defer { (said, next) = (reason, min(next * 2, Self.longest)) }
        return (reason != said, next)
    }

    /// It worked.
    mutating func worked() { self = RepeatedFailure(first: first) }
}
