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

    /// One JSON object without a line feed: `arrived` and `finished` in ISO 8601 with milliseconds, `connection`, `host`, `method`,
    /// `path`, `status`, `bytes`, `user_agent`.
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
        return object.text
    }
}
