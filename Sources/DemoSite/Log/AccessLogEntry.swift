/// One request as the server saw it.
public struct AccessLogEntry: Sendable, Hashable {
    /// When its first byte arrived: microseconds since 1970.
    public var arrived: Int64
    /// When the last byte of the answer had been handed to the system: microseconds since 1970.
    public var finished: Int64
    /// The connection it came over; counts from 1.
    public var connection: Int
    /// The Host header.
    public var host: String
    /// The method.
    public var method: String
    /// The request target as sent: path and query.
    public var path: String
    /// The status, 0 when the connection was reset before one was sent.
    public var status: Int
    /// Bytes of the body that were sent.
    public var bytes: Int
    /// The User-Agent header.
    public var userAgent: String
    /// Before when the answer's Retry-After asked not to be asked again: microseconds since 1970; nil without one.
    public var notBefore: Int64?

    /// An entry; the server makes its own.
    public init(
        arrived: Int64, finished: Int64, connection: Int, host: String, method: String, path: String, status: Int,
        bytes: Int, userAgent: String, notBefore: Int64? = nil
    ) {
        self.arrived = arrived
        self.finished = finished
        self.connection = connection
        self.host = host
        self.method = method
        self.path = path
        self.status = status
        self.bytes = bytes
        self.userAgent = userAgent
        self.notBefore = notBefore
    }

    /// One JSON object without a line feed: `arrived` and `finished` in ISO 8601 with microseconds, `connection`, `host`, `method`,
    /// `path`, `status`, `bytes`, `user_agent`, and `not_before` where the answer had a Retry-After.
    public var jsonLine: String {
        var object = JSONObjectText()
        object.add("arrived", WallClock.iso8601(arrived))
        object.add("finished", WallClock.iso8601(finished))
        object.add("connection", connection)
        object.add("host", host)
        object.add("method", method)
        object.add("path", path)
        object.add("status", status)
        object.add("bytes", bytes)
        object.add("user_agent", userAgent)
        if let notBefore { object.add("not_before", WallClock.iso8601(notBefore)) }
        return object.text
    }
}
