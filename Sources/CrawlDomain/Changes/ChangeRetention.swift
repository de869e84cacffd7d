/// How much of the change log's history is kept.
///
/// What is older is compacted: of each document the newest change stays, those before it go.
public struct ChangeRetention: Sendable, Hashable {
    /// How long every change is kept; nil for ever.
    public var keep: Duration?
    /// How long a consumer is waited for that has not taken a change in; never less than `keep`.
    public var waitForConsumers: Duration

    /// - Parameters:
    ///   - keep: How long every change is kept; nil for ever.
    ///   - waitForConsumers: How long a consumer is waited for.
    public init(keep: Duration? = .seconds(30 * 86_400), waitForConsumers: Duration = .seconds(90 * 86_400)) {
        self.keep = keep
        self.waitForConsumers = waitForConsumers
    }
}
