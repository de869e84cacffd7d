public import struct Foundation.Date

/// What is left to do on one host of a site.
public struct HostBacklog: Sendable, Hashable {
    /// The host and its port.
    public let host: String
    /// URLs that may be asked for now, those in a worker's hands included.
    public var waiting: Int
    /// URLs that wait for a second attempt.
    public var retrying: Int
    /// Nobody may ask the host before this time.
    public var notBefore: Date?
    /// The adapted delay when its lease was last given back, in seconds.
    public var delaySeconds: Double?
    /// Why it is left alone, where it is.
    public var closedReason: String?
    /// Whether the operator has paused it.
    public var isPaused: Bool

    /// Makes a backlog.
    public init(
        host: String, waiting: Int = 0, retrying: Int = 0, notBefore: Date? = nil, delaySeconds: Double? = nil,
        closedReason: String? = nil, isPaused: Bool = false
    ) {
        self.host = host
        self.waiting = waiting
        self.retrying = retrying
        self.notBefore = notBefore
        self.delaySeconds = delaySeconds
        self.closedReason = closedReason
        self.isPaused = isPaused
    }
}
