/// How many lines of one kind may be logged: some at once, then some a minute.
struct LineBudget: Sendable {
    /// Lines at once, and a minute in the long run.
    let most: Int
    private var left: Double
    private var filledAt: ContinuousClock.Instant?
    private var leftOut = 0

    init(most: Int = 20) {
        self.most = most
        left = Double(most)
    }

    /// Takes a line.
    ///
    /// - Returns: How many were left out since the last one; nil when this one is left out as well.
    mutating func take(now: ContinuousClock.Instant) -> Int? {
        if let filledAt {
            left = min(Double(most), left + filledAt.duration(to: now) / .seconds(60) * Double(most))
        }
        filledAt = now
        guard left >= 1 else {
            leftOut += 1
            return nil
        }
        left -= 1
        defer { leftOut = 0 }
        return leftOut
    }
}
