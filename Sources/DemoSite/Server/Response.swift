/// One answer, and what is wrong with how it is sent.
struct Response: Sendable {
    var status = 200
    var contentType = "text/html; charset=UTF-8"
    var cacheControl = "no-cache"
    /// Header fields beside those every answer has.
    var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var delivery = Delivery()
    /// What the Retry-After among the fields asks for, for the log.
    var retryAfter: RetryAfter?

    enum RetryAfter: Sendable, Hashable {
        case seconds(Int)
        /// Microseconds since 1970.
        case date(Int64)

        /// Before when not to ask, after an answer that ended then.
        func deadline(after finished: Int64) -> Int64 {
            switch self {
            case .seconds(let seconds): finished + Int64(seconds) * 1_000_000
            case .date(let date): date
            }
        }
    }

    /// How an answer is sent; the default is well.
    struct Delivery: Sendable, Hashable {
        /// Milliseconds to wait before the first byte.
        var delay = 0
        /// Milliseconds to wait between pieces of the body; 0 sends it at once.
        var drip = 0
        /// Bytes of the body after which the connection is closed in order; nil for all.
        var cut: Int?
        /// Bytes of head and body after which the connection is reset; nil for never.
        var reset: Int?
        /// Milliseconds of silence before that reset.
        var stall = 0
        /// Added to Content-Length.
        var lengthError = 0
    }

    static func page(_ html: HTML, status: Int = 200) -> Response {
        Response(status: status, body: [UInt8](html.text.utf8))
    }

    static func text(_ text: String, type: String, status: Int = 200) -> Response {
        Response(status: status, contentType: type, body: [UInt8](text.utf8))
    }

    static func redirect(to location: String, status: Int = 302) -> Response {
        var response = text("<a href=\"\(location)\">moved</a>", type: "text/html; charset=UTF-8", status: status)
        response.fields = [("Location", location)]
        return response
    }

    /// Whether the status allows a body (RFC 9110, sections 15.3.5 and 15.4.5).
    var hasBody: Bool { status != 204 && status != 304 }

    /// Status line and header fields, with the empty line.
    func head(date: String, keepsAlive: Bool) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(Self.reason(status))\r\nDate: \(date)\r\nServer: demo-site\r\n"
        if hasBody, !contentType.isEmpty { text += "Content-Type: \(contentType)\r\n" }
        if hasBody { text += "Content-Length: \(max(0, body.count + delivery.lengthError))\r\n" }
        text += "Cache-Control: \(cacheControl)\r\n"
        for (name, value) in fields { text += "\(name): \(value)\r\n" }
        text += keepsAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n"
        return [UInt8](text.utf8)
    }

    static func reason(_ status: Int) -> String { reasons[status] ?? "Status" }

    private static let reasons = [
        200: "OK", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        307: "Temporary Redirect",
        308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 408: "Request Timeout", 410: "Gone", 411: "Length Required",
        413: "Content Too Large",
        414: "URI Too Long", 429: "Too Many Requests", 431: "Request Header Fields Too Large",
        500: "Internal Server Error",
        502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout", 505: "HTTP Version Not Supported",
    ]
}
