/// A host that is left alone, to look at.
public struct ClosedHost: Sendable, Hashable {
    /// Host and port.
    public let host: String
    /// Why.
    public let reason: String
    /// For how long; zero where it may be asked again.
    public let wait: Duration

    /// A host, why it is left alone and for how long.
    public init(host: String, reason: String, wait: Duration) {
        (self.host, self.reason, self.wait) = (host, reason, wait)
    }
}
