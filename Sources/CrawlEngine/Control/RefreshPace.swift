/// How often something costly may be asked, so that the asking takes no more than a small part of the time however costly it gets.
public struct RefreshPace: Sendable, Hashable {
    /// The part of the time that may go into asking.
    public let share: Double
    /// However cheap it is, not more often than this.
    public let shortest: Duration

    /// Makes a pace.
    public init(share: Double = 0.02, shortest: Duration = .seconds(1)) {
        self.share = share
        self.shortest = shortest
    }

    /// The time from the end of one question that took `cost` to the next one.
    public func pause(after cost: Duration) -> Duration { max(shortest, cost * (1 / share - 1)) }
}
