import Glibc

/// A connected TCP socket; closed by whoever made it. The proxy of the fault tests uses it too.
package struct Socket: Sendable {
    let descriptor: Int32

    /// At most `limit` bytes, empty at the end of the stream and when nothing comes in time.
    package func receive(_ limit: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            var result = 0
            repeat { result = recv(descriptor, buffer.baseAddress, limit, 0) } while result < 0 && errno == EINTR
            count = max(0, result)
        }
    }

    /// Sends all bytes; answers how many went out.
    package func send(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBytes { buffer in
            var sent = 0
            while sent < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
                let result = Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                if result < 0, errno == EINTR { continue }
                guard result > 0 else { break }
                sent += result
            }
            return sent
        }
    }

    /// Waits, and answers false when the peer or a stop ended the connection meanwhile.
    func pause(milliseconds: Int) -> Bool {
        // POLLRDHUP of Linux' poll.h, which the Glibc module hides: the peer, or our own stop, shut the stream down.
        var poller = pollfd(fd: descriptor, events: 0x2000, revents: 0)
        var result: Int32
        repeat { result = poll(&poller, 1, Int32(clamping: milliseconds)) } while result < 0 && errno == EINTR
        return result == 0
    }

    func setTimeouts(seconds: Int) {
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
        sendAtOnce()
    }

    /// Reads and forgets what the peer still sends, up to a limit and for at most a second between two pieces.
    func drain(limit: Int) {
        setTimeouts(seconds: 1)
        var left = limit
        while left > 0 {
            let count = receive(8192).count
            guard count > 0 else { return }
            left -= count
        }
    }

    /// Makes the coming close a reset.
    package func armReset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Connects to a port of 127.0.0.1; nil when nobody listens there.
    package static func connected(to port: UInt16) -> Socket? {
        let socket = Socket(descriptor: socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket.descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            socket.closeNow()
            return nil
        }
        socket.sendAtOnce()
        return socket
    }

    /// Small messages are not held back to be sent together.
    package func sendAtOnce() {
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    package func stopReceiving() { shutdown(descriptor, Int32(SHUT_RD)) }

    package func stopSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    package func closeNow() { close(descriptor) }
}

/// A TCP socket that listens on 127.0.0.1.
package struct ListeningSocket: Sendable {
    let descriptor: Int32
    package let port: UInt16

    /// Binds; port 0 takes any free one.
    package init(port wanted: UInt16) throws(DemoSiteError) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Self.failure(wanted) }
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = wanted.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, size) == 0 && listen(descriptor, 256) == 0
                    && getsockname(descriptor, generic, &size) == 0
            }
        }
        guard isListening else {
            let failure = Self.failure(wanted)
            close(descriptor)
            throw failure
        }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
    }

    private static func failure(_ port: UInt16) -> DemoSiteError {
        DemoSiteError(.listen, "127.0.0.1:\(port): \(String(cString: strerror(errno)))")
    }

    /// The next connection; nil once the socket was stopped.
    package func accept() -> Socket? {
        while true {
            let connected = Glibc.accept(descriptor, nil, nil)
            if connected >= 0 {
                _ = fcntl(connected, F_SETFD, FD_CLOEXEC)
                return Socket(descriptor: connected)
            }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: usleep(10_000)
            default: return nil
            }
        }
    }

    /// Makes `accept` answer nil.
    package func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    package func closeNow() { close(descriptor) }
}
