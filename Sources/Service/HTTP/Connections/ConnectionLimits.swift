/// How many connections there may be, and how long each may keep us waiting.
public struct ConnectionLimits: Sendable, Hashable {
    /// Connections at once; others wait in the system's queue until one ends.
    public let most: Int
    /// Connections of one address at once, this machine's own excepted.
    public let mostOfOneAddress: Int
    /// From an answer, or the connection's beginning, to the whole head of the next request.
    public var idle: Duration = .seconds(30)
    /// From a request's head to the end of its body.
    public var body: Duration = .seconds(30)
    /// Until a client has taken a part of an answer.
    public var answer: Duration = .seconds(60)

    /// - Parameter descriptors: How many descriptors there are beside the runtime's last; half of them are for connections, as the rest of the
    ///   process (MongoDB, crawls, webhooks) needs some as well.
    public init(descriptors: Int) {
        most = min(4_096, max(4, descriptors / 2))
        mostOfOneAddress = max(4, most / 4)
    }
}
