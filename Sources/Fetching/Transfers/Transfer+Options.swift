import CCurl
import WebStandards

extension Transfer {
    /// Sets every option before any data can arrive.
    func configure() throws(CurlFailure) {
        try easy.set(CURLOPT_CURLU, pointer: UnsafeMutableRawPointer(url.pointer))
        try easy.set(CURLOPT_ERRORBUFFER, pointer: errorText)
        try setClosedDoors()
        try setRequest()
        try setLimits()
        try setTLS()
        try setRoute()
        try setCallbacks()
    }

    /// What libcurl could do and must not: other protocols, redirects, signals, the environment's proxies.
    private func setClosedDoors() throws(CurlFailure) {
        try easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        try easy.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        try easy.set(CURLOPT_FOLLOWLOCATION, false)
        try easy.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try easy.set(CURLOPT_NOSIGNAL, true)
        try easy.set(CURLOPT_PROXY, "")
        try easy.set(CURLOPT_NOPROXY, "")
        // Leaves a name lookup behind instead of waiting for it, which would stop every other transfer.
        try easy.set(CURLOPT_QUICK_EXIT, true)
    }

    private func setRequest() throws(CurlFailure) {
        let plan = job.plan
        try easy.set(CURLOPT_REQUEST_TARGET, plan.wireTarget)
        try easy.set(CURLOPT_USERAGENT, plan.userAgent)
        try easy.set(CURLOPT_HTTPHEADER, pointer: headerList.pointer)
        // Decoded by us: libcurl passes compressed data that stops early as complete.
        try easy.set(CURLOPT_HTTP_CONTENT_DECODING, false)
        try easy.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        switch plan.request.method {
        case .get: try easy.set(CURLOPT_HTTPGET, true)
        case .head: try easy.set(CURLOPT_NOBODY, true)
        case .post: try setBody(plan.request.body ?? [])
        }
    }

    private func setBody(_ body: [UInt8]) throws(CurlFailure) {
        try easy.set(CURLOPT_POST, true)
        try easy.set(large: CURLOPT_POSTFIELDSIZE_LARGE, body.count)
        // libcurl copies the bytes.
        let code = body.withUnsafeBufferPointer { bytes in
            ccurl_set_pointer(
                easy.pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
        }
        try CurlFailure.check(code)
    }

    private func setLimits() throws(CurlFailure) {
        let limits = job.plan.request.limits
        try easy.set(CURLOPT_BUFFERSIZE, Self.readBuffer)
        try easy.set(CURLOPT_CONNECTTIMEOUT_MS, limits.connectTimeout.milliseconds)
        try easy.set(CURLOPT_TIMEOUT_MS, limits.totalTimeout.milliseconds)
        try easy.set(CURLOPT_LOW_SPEED_LIMIT, limits.minimumSpeed)
        try easy.set(CURLOPT_LOW_SPEED_TIME, max(1, limits.slownessTimeout.milliseconds / 1000))
        if limits.overflow == .fail, job.plan.request.method != .head {
            // 0 would mean no limit; the write callback refuses the first byte then.
            try easy.set(large: CURLOPT_MAXFILESIZE_LARGE, max(1, limits.maximumBodyBytes))
        }
    }

    /// Bytes read at once: most pages, compressed.
    private static let readBuffer = 64 << 10

    private func setTLS() throws(CurlFailure) {
        let plan = job.plan
        try easy.set(CURLOPT_SSL_VERIFYPEER, plan.verifiesTLS)
        try easy.set(CURLOPT_SSL_VERIFYHOST, plan.verifiesTLS ? 2 : 0)
        try easy.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let file = plan.certificateAuthorities { try easy.set(CURLOPT_CAINFO, file) }
    }

    private func setRoute() throws(CurlFailure) {
        let plan = job.plan
        try easy.set(CURLOPT_MAXLIFETIME_CONN, plan.maximumConnectionSeconds)
        try easy.set(CURLOPT_FRESH_CONNECT, needsNewConnection)
        if let list = resolveList.pointer { try easy.set(CURLOPT_RESOLVE, pointer: list) }
        if let list = connectList.pointer { try easy.set(CURLOPT_CONNECT_TO, pointer: list) }
        guard let proxy = plan.request.proxy else { return }
        try easy.set(CURLOPT_PROXY, proxy.host.bracketed)
        try easy.set(CURLOPT_PROXYPORT, Int(proxy.port))
        let kind = proxy.kind == .http ? CURLPROXY_HTTP : CURLPROXY_SOCKS5_HOSTNAME
        try easy.set(CURLOPT_PROXYTYPE, Int(kind.rawValue))
        try easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        guard let credentials = proxy.credentials else { return }
        try easy.set(CURLOPT_PROXYUSERNAME, credentials.username)
        try easy.set(CURLOPT_PROXYPASSWORD, credentials.password)
    }
}

extension RequestPlan {
    /// Path and query; a proxy that forwards is asked for the whole URL (RFC 9112, 3.2.2).
    var wireTarget: String {
        guard let proxy = request.proxy, proxy.kind == .http, !isTLS else { return target }
        return "http://\(host)\(port.map { ":\($0)" } ?? "")\(target)"
    }

    /// In libcurl's syntax: forget what the name led to, then lead it there.
    var resolveLines: [String] {
        guard !request.resolvedAddresses.isEmpty else { return [] }
        let place = "\(host):\(port ?? (isTLS ? 443 : 80))"
        let addresses = request.resolvedAddresses.map { "\($0)".bracketed }.joined(separator: ",")
        return ["-\(place)", "+\(place):\(addresses)"]
    }

    /// In libcurl's syntax, where `Name;` is a field without value and `Name:` leaves out one of its own.
    var headerLines: [String] {
        var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        // A body that was cut cannot be decoded.
        if request.limits.overflow == .fail { lines.append("Accept-Encoding: \(ContentCodings.accepted)") }
        if let cookieHeader { lines.append("Cookie: \(cookieHeader)") }
        if request.method == .post {
            lines.append("Expect:")
            if !request.headers.contains("content-type") { lines.append("Content-Type:") }
        }
        return lines
    }
}

extension Duration {
    /// Whole milliseconds, at least 1 as 0 means no limit to libcurl, and no more than a day.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(min(86_400_000, max(1, min(86_400, max(0, seconds)) * 1000 + attoseconds / 1_000_000_000_000_000)))
    }
}
