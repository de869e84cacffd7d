/// Serves one connection, request after request, until either side ends it.
struct Connection {
    static let idleSeconds = 30

    let socket: Socket
    let number: Int
    let log: AccessLog
    /// Whether the server is being stopped.
    let isStopping: @Sendable () -> Bool
    let respond: @Sendable (Request) -> Response

    func serve() {
        socket.setTimeouts(seconds: Self.idleSeconds)
        var buffer: [UInt8] = []
        while !isStopping(), let arrival = awaitBytes(&buffer) {
            guard serveOne(&buffer, arrived: arrival) else { return }
        }
    }

    /// When the next request began to arrive; nil when none does.
    private func awaitBytes(_ buffer: inout [UInt8]) -> Int64? {
        // RFC 9112, section 2.2: empty lines before a request are skipped.
        while true {
            let blanks = buffer.prefix { $0 == 0x0D || $0 == 0x0A }.count
            buffer.removeFirst(blanks)
            if !buffer.isEmpty { return WallClock.now() }
            let bytes = socket.receive(8192)
            guard !bytes.isEmpty else { return nil }
            buffer = bytes
        }
    }

    /// Answers false when the connection is over.
    private func serveOne(_ buffer: inout [UInt8], arrived: Int64) -> Bool {
        do {
            guard let length = try readHead(&buffer) else { return false }
            let request = try RequestParser.parse(buffer[..<length])
            buffer.removeFirst(length)
            guard discardBody(request.bodyLength, &buffer) else { return false }
            return answer(request, arrived: arrived)
        } catch {
            let nobody = Request(
                method: "-", target: "-", path: "-", host: "", userAgent: "", isPersistent: false, bodyLength: 0)
            var response = Response.text(
                "\(Response.reason(error.status))\n", type: "text/plain; charset=UTF-8", status: error.status)
            response.delivery.cut = response.body.count
            deliver(response, to: nobody, arrived: arrived)
            // Closing with bytes unread would reset the connection, and the answer could be lost.
            socket.drain(limit: 262_144)
            return false
        }
    }

    private func readHead(_ buffer: inout [UInt8]) throws(RequestParser.Refusal) -> Int? {
        while true {
            if let length = try RequestParser.headLength(buffer) { return length }
            let bytes = socket.receive(8192)
            guard !bytes.isEmpty else { return nil }
            buffer += bytes
        }
    }

    private func discardBody(_ length: Int, _ buffer: inout [UInt8]) -> Bool {
        var left = length
        while left > 0 {
            if buffer.isEmpty { buffer = socket.receive(8192) }
            guard !buffer.isEmpty else { return false }
            let part = min(left, buffer.count)
            buffer.removeFirst(part)
            left -= part
        }
        return true
    }

    private func answer(_ request: Request, arrived: Int64) -> Bool {
        guard request.method == "GET" || request.method == "HEAD" else {
            var refusal = Response.text("Method Not Allowed\n", type: "text/plain; charset=UTF-8", status: 405)
            refusal.fields = [("Allow", "GET, HEAD")]
            return deliver(refusal, to: request, arrived: arrived)
        }
        return deliver(respond(request), to: request, arrived: arrived)
    }

    @discardableResult
    private func deliver(_ response: Response, to request: Request, arrived: Int64) -> Bool {
        log.begin()
        let outcome = Delivery(socket: socket, response: response, request: request, isLast: isStopping()).run()
        log.end(
            AccessLogEntry(
                arrived: arrived, finished: outcome.finished, connection: number, host: request.host,
                method: request.method,
                path: request.target, status: outcome.status, bytes: outcome.bodyBytes, userAgent: request.userAgent,
                notBefore: response.retryAfter?.deadline(after: outcome.finished)))
        return outcome.keepsAlive
    }
}
