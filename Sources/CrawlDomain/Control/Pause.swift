public import struct Foundation.Date

/// That a site or a host is not to be asked until somebody takes it back.
public struct Pause: Sendable, Hashable {
    /// When it was asked for, by the server's clock.
    public let since: Date
    /// What the operator said, if anything.
    public let reason: String?

    /// Makes a pause.
    public init(since: Date, reason: String? = nil) {
        self.since = since
        self.reason = reason
    }
}
