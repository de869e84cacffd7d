/// What a `LoopbackServer` does once it has read a request.
enum Step: Sendable {
    case send([UInt8])
    /// Until the client goes away.
    case sendForever([UInt8])
    /// Byte by byte, ten a second.
    case drip([UInt8])
    /// The request's own bytes, as the body of an answer.
    case echo
    /// Waits until so many requests are at this step, then lets them all go on.
    case meet(Int)
    /// Says nothing until the client goes away.
    case hang
    /// Closes with a TCP reset.
    case reset
    case close
}

extension Step {
    static func text(_ text: String) -> Step { .send(Array(text.utf8)) }

    /// A complete answer that leaves the connection open.
    static func answer(_ body: [UInt8], status: String = "200 OK", headers: [String] = []) -> Step {
        let lines = ["HTTP/1.1 \(status)"] + headers + ["Content-Length: \(body.count)", "", ""]
        return .send(Array(lines.joined(separator: "\r\n").utf8) + body)
    }

    static func answer(_ body: String, status: String = "200 OK", headers: [String] = []) -> Step {
        answer(Array(body.utf8), status: status, headers: headers)
    }
}
