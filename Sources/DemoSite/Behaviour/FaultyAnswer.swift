/// Makes an answer go wrong in one way.
struct FaultyAnswer {
    let fault: Fault
    let request: Request
    let seed: UInt64

    func make(_ respond: () -> Response) -> Response {
        switch fault {
        case .status(let status, let retryAfter): return refused(status, retryAfter)
        case .redirect(let location): return .redirect(to: location)
        case .redirectLoop: return .redirect(to: request.target)
        case .redirectMaze:
            return .redirect(to: "\(request.path)?turn=\((Int(request.parameter("turn") ?? "0") ?? 0) &+ 1)")
        case .challenge:
            return .text(
                "<html><head><title>Just a moment</title></head><body></body></html>", type: "text/html", status: 403)
        case .binary: return binary()
        case .login: return login()
        case .demandCookie(let cookie): return request.cookie == cookie ? respond() : refused(403, nil)
        case .refresh(let target): return refresh(to: target)
        case .delay, .drip, .reset, .stall, .truncate, .wrongLength, .badGzip, .encoding, .empty, .header, .template:
            return spoiled(respond())
        }
    }

    private func spoiled(_ answer: Response) -> Response {
        var response = answer
        switch fault {
        case .delay(let milliseconds): response.delivery.delay = milliseconds
        case .drip(let milliseconds): response.delivery.drip = milliseconds
        case .reset(let bytes): response.delivery.reset = bytes
        case .stall(let milliseconds):
            response.delivery.reset = response.body.count / 2
            response.delivery.stall = milliseconds
        case .badGzip:
            response.fields.append(("Content-Encoding", "gzip"))
            // Ten bytes of an orderly header (RFC 1952), then deflate's reserved block type.
            response.body = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + [UInt8](repeating: 0xFF, count: 512)
        case .truncate(let bytes): response.delivery.cut = bytes ?? response.body.count / 2
        case .wrongLength(let bytes): response.delivery.lengthError = bytes
        case .encoding(let encoding, let declaration): recode(&response, encoding, declaration)
        case .empty: response.body = []
        case .template(let part): NewTemplate.apply(to: &response, changing: part)
        case .header(let lines): response.fields += lines.map(Self.field)
        default: break
        }
        return response
    }

    private func refused(_ status: Int, _ retryAfter: Fault.RetryAfter?) -> Response {
        let reason = Response.reason(status)
        let page: HTML =
            "<html><head><title>\(status) \(reason)</title></head><body><h1>\(status) \(reason)</h1></body></html>"
        var response = Response.page(page, status: status)
        switch retryAfter {
        case .seconds(let seconds):
            response.fields = [("Retry-After", "\(seconds)")]
            response.retryAfter = .seconds(seconds)
        case .date(let seconds):
            let date = WallClock.now() + Int64(seconds) * 1_000_000
            response.fields = [("Retry-After", WallClock.httpDate(date))]
            // The header has no fractions.
            response.retryAfter = .date(date - date % 1_000_000)
        case nil: break
        }
        return response
    }

    private static func field(_ line: String) -> (name: String, value: String) {
        let name = line.prefix { $0 != ":" }
        return (String(name), String(line.dropFirst(name.count + 1).drop { $0 == " " }))
    }

    private func refresh(to target: String) -> Response {
        .text(
            "<html><head><meta http-equiv=\"refresh\" content=\"0; url=\(target)\"></head><body>moved</body></html>",
            type: "text/html; charset=UTF-8")
    }

    private func binary() -> Response {
        var random = SplitMix64(seed: seed, stream: request.target)
        return Response(body: (0..<4096).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    }

    private func login() -> Response {
        .page(
            """
            <!DOCTYPE html><html><head><title>Login</title></head><body><form method="post" name="loginForm" action="/login.php">\
            <input type="text" name="user_name"><input type="password" name="password"></form></body></html>
            """)
    }

    private func recode(_ response: inout Response, _ encoding: LegacyEncoding, _ declaration: EncodingDeclaration) {
        guard response.contentType.hasPrefix("text/html") else { return }
        var text = String(decoding: response.body, as: UTF8.self)
        let name = encoding.rawValue
        let metas = [
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\" />", "<meta charset=\"utf-8\">",
        ]
        for meta in metas {
            guard let range = text.firstRange(of: meta) else { continue }
            text.replaceSubrange(range, with: declaration == .meta ? "<meta charset=\"\(name)\">" : "")
        }
        response.body = encoding.encode(text)
        response.contentType = declaration == .header ? "text/html; charset=\(name)" : "text/html"
    }
}
