/// Sends one answer, well or as badly as it wants to be sent.
struct Delivery {
    struct Outcome {
        var status: Int
        var bodyBytes: Int
        var keepsAlive: Bool
        /// When the last piece was handed to the system, in microseconds. Taken before the call: the other side may have the piece, and
        /// count from it, before the call returns.
        var finished: Int64
    }

    let socket: Socket
    let response: Response
    let request: Request
    /// Whether the connection ends after this answer in any case.
    let isLast: Bool

    func run() -> Outcome {
        let delivery = response.delivery
        if delivery.delay > 0, !socket.pause(milliseconds: delivery.delay) { return failed(status: 0, bytes: 0) }
        if let limit = delivery.reset { return reset(after: limit) }
        let keepsAlive = request.isPersistent && !isLast && delivery.cut == nil && delivery.lengthError == 0
        let head = response.head(date: WallClock.httpDate(WallClock.now()), keepsAlive: keepsAlive)
        let body = request.method == "HEAD" || !response.hasBody ? [] : response.body.prefix(delivery.cut ?? .max)
        guard delivery.drip == 0 else { return drip(head, body, keepsAlive) }
        // One call for head and body: with TCP_NODELAY two would be two packets.
        let finished = WallClock.now()
        let sent = socket.send((head + body)[...])
        if !keepsAlive { socket.stopSending() }
        return Outcome(
            status: response.status, bodyBytes: max(0, sent - head.count),
            keepsAlive: keepsAlive && sent == head.count + body.count, finished: finished)
    }

    private func reset(after limit: Int) -> Outcome {
        let bytes = response.head(date: WallClock.httpDate(WallClock.now()), keepsAlive: false) + response.body
        let sent = socket.send(bytes.prefix(limit))
        if response.delivery.stall > 0 { _ = socket.pause(milliseconds: response.delivery.stall) }
        socket.armReset()
        return failed(
            status: limit > 0 ? response.status : 0, bytes: max(0, sent - (bytes.count - response.body.count)))
    }

    private func drip(_ head: [UInt8], _ body: ArraySlice<UInt8>, _ keepsAlive: Bool) -> Outcome {
        guard socket.send(head[...]) == head.count else { return failed(status: response.status, bytes: 0) }
        var sent = 0
        var finished = WallClock.now()
        while sent < body.count {
            let piece = body.dropFirst(sent).prefix(max(1, body.count / 8))
            guard socket.pause(milliseconds: response.delivery.drip) else {
                return failed(status: response.status, bytes: sent)
            }
            finished = WallClock.now()
            guard socket.send(piece) == piece.count else { return failed(status: response.status, bytes: sent) }
            sent += piece.count
        }
        return Outcome(status: response.status, bodyBytes: sent, keepsAlive: keepsAlive, finished: finished)
    }

    private func failed(status: Int, bytes: Int) -> Outcome {
        Outcome(status: status, bodyBytes: bytes, keepsAlive: false, finished: WallClock.now())
    }
}
