import CCurl
import Glibc

extension Transfer {
    /// Each callback captures nothing and finds its transfer by the pointer set here.
    func setCallbacks() throws(CurlFailure) {
        let owner = Unmanaged.passUnretained(self).toOpaque()
        try CurlFailure.check(
            ccurl_set_write_function(easy.pointer) { bytes, size, count, owner in
                Transfer.lend(owner, bytes, size * count) { $0.takeBody($1) } ?? 0
            })
        try CurlFailure.check(
            ccurl_set_header_function(easy.pointer) { bytes, size, count, owner in
                Transfer.lend(owner, bytes, size * count) { $0.takeHeader($1) } ?? 0
            })
        try CurlFailure.check(
            ccurl_set_open_socket_function(easy.pointer) { owner, _, address in
                guard let address else { return -1 }
                return Transfer.at(owner)?.openSocket(address) ?? -1
            })
        try CurlFailure.check(
            ccurl_set_before_request_function(easy.pointer) { owner, remote, local, remotePort, localPort in
                guard let remote, let local, let transfer = Transfer.at(owner) else { return CURL_PREREQFUNC_ABORT }
                let (there, here) = (String(cString: remote), String(cString: local))
                let ends = ConnectionEnds(here, Int(localPort), there, Int(remotePort))
                return transfer.judgeConnection(to: there, ends)
            })
        try CurlFailure.check(
            ccurl_set_close_socket_function(easy.pointer) { sockets, socket in
                guard let sockets else { return close(socket) }
                return Unmanaged<OpenSockets>.fromOpaque(sockets).takeUnretainedValue().close(socket)
            })
        // A connection outlives the transfer that opened it, so this owner is one that outlives all connections.
        try easy.set(CURLOPT_CLOSESOCKETDATA, pointer: Unmanaged.passUnretained(sockets).toOpaque())
        for option in [
            CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_OPENSOCKETDATA, CURLOPT_PREREQDATA,
        ] {
            try easy.set(option, pointer: owner)
        }
    }

    private static func at(_ owner: UnsafeMutableRawPointer?) -> Transfer? {
        owner.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func lend(
        _ owner: UnsafeMutableRawPointer?, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int,
        _ body: (Transfer, UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Int? {
        guard let transfer = at(owner), let bytes else { return nil }
        let accepted = UnsafeRawPointer(bytes).withMemoryRebound(to: UInt8.self, capacity: count) {
            body(transfer, UnsafeBufferPointer(start: $0, count: count))
        }
        // Any other number than was offered ends the transfer.
        return accepted ? count : (count == 0 ? 1 : 0)
    }

    private func takeBody(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if body.isEmpty { reserveBody() }
        let room = job.plan.request.limits.maximumBodyBytes - body.count
        guard bytes.count > room else {
            body.append(contentsOf: bytes)
            return true
        }
        switch job.plan.request.limits.overflow {
        case .fail:
            stop = (.bodyTooLarge, "more than \(job.plan.request.limits.maximumBodyBytes) bytes")
        case .truncate:
            body.append(contentsOf: bytes.prefix(room))
            isTruncated = true
        }
        return false
    }

    /// Makes room for the stated length at once, but believes it only up to a point.
    private func reserveBody() {
        let stated = easy.offset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)
        body.reserveCapacity(min(max(0, stated), job.plan.request.limits.maximumBodyBytes, Self.largestReserve))
    }

    private static let largestReserve = 1 << 20

    private func takeHeader(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        if header.bytes == 0, let connection {
            sockets.mark(connection, line.starts(with: "HTTP/2".utf8) ? .http2 : .http1)
        }
        switch header.take(line) {
        case .go: return true
        case .tooLarge:
            stop = (.headersTooLarge, "more than \(header.maximumBytes) bytes or \(header.maximumFields) lines")
        case .contradictoryLength: stop = (.protocolError, "Content-Length is not one number")
        }
        return false
    }

    /// Judges the address a name led to, at the last moment, and only then makes the socket.
    private func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        if job.plan.request.proxy == nil {
            guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr),
                let target = IPAddress(
                    socketAddress: UnsafeRawPointer(address) + offset, length: Int(address.pointee.addrlen))
            else { return refuse("not an internet address") }
            if case .refused(let kind) = addressGuard.judge(target) { return refuse("\(target) is \(kind.rawValue)") }
        }
        let cloexec = Int32(SOCK_CLOEXEC.rawValue)
        let made = socket(address.pointee.family, address.pointee.socktype | cloexec, address.pointee.protocol)
        guard made >= 0 else {
            stop = (.resources, "socket: \(String(cString: strerror(errno)))")
            return -1
        }
        guard !DescriptorReserve.includes(made) else {
            close(made)
            stop = (.resources, "the last descriptors are kept for the rest of the process: see ulimit -n")
            return -1
        }
        openedSocket = true
        sockets.opened(made)
        stop = nil
        return made
    }

    /// Refuses one of a name's addresses; that counts only as long as no other one was tried.
    private func refuse(_ cause: String) -> curl_socket_t {
        if !openedSocket { stop = (.addressRefused, cause) }
        return -1
    }

    /// Whether the connection is new, or a kept one on which nothing has come since its last answer: that would be read as the
    /// answer to this request, as libcurl 7.88 looks only for a connection that was closed.
    private func isInStep(_ ends: ConnectionEnds?) -> Bool {
        guard let ends else { return openedSocket }
        connection = ends
        // Bytes of a record that was read already are no longer to be seen on the socket.
        if !openedSocket, job.plan.isTLS, easy.mayHoldUnreadBytes { return false }
        return sockets.begin(ends, isNew: openedSocket, mayBeHTTP2: job.plan.isTLS)
    }

    /// Judges the connection once more: a kept one may have been opened under other rules.
    private func judgeConnection(to address: String, _ ends: ConnectionEnds?) -> Int32 {
        // Whoever asked decides when the host may be asked again; at once is what a host in trouble needs least.
        guard !isSent else {
            stop = (.incomplete, "the kept connection broke before an answer came")
            return CURL_PREREQFUNC_ABORT
        }
        guard isInStep(ends) else {
            isOutOfStep = true
            return CURL_PREREQFUNC_ABORT
        }
        guard job.plan.request.proxy == nil else {
            isSent = true
            return CURL_PREREQFUNC_OK
        }
        if let target = IPAddress(address), case .allowed = addressGuard.judge(target) {
            isSent = true
            return CURL_PREREQFUNC_OK
        }
        stop = (.addressRefused, "the open connection leads to \(address)")
        return CURL_PREREQFUNC_ABORT
    }
}
