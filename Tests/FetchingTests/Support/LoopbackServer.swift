import Glibc
import Synchronization

/// A server of raw sockets on a loopback address that follows a script per request target, however wrong.
///
/// A thread per connection, which reads one request, follows the script and, if that left the connection open, reads the
/// next. What was seen is counted, so that tests can wait for events instead of for time.
final class LoopbackServer: Sendable {
    typealias Scripts = @Sendable (_ target: String) -> [Step]

    /// What is spoken on a connection before HTTP; whether that went well.
    typealias Greeting = @Sendable (Connection) -> Bool

    let port: UInt16
    private let listener: Int32
    private let scripts: Scripts
    private let greeting: Greeting?
    private let log = Mutex(Log())
    private let meeting = Meeting()

    private struct Log {
        var requests: [String] = []
        var connections = 0
        var bytesSent = 0
        var ended = 0
        var isStopped = false
        var expecting: [(count: Int, CheckedContinuation<Void, Never>)] = []
    }

    struct SetUpFailed: Error {}

    /// - Parameters:
    ///   - address: Of the loopback network.
    ///   - port: 0 for any that is free.
    init(address text: String = "127.0.0.1", port: UInt16 = 0, greeting: Greeting? = nil, _ scripts: @escaping Scripts)
        throws
    {
        self.greeting = greeting
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.scripts = scripts
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, text, &address.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isUp = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 512) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        self.port = UInt16(bigEndian: address.sin_port)
        guard isUp else { throw SetUpFailed() }
        startThread { [self] in acceptAll() }
    }

    convenience init(_ script: [String: [Step]]) throws {
        try self.init { script[$0] ?? [.answer("no script for \($0)", status: "404 Not Found")] }
    }

    /// Frees the port; connections end with their clients.
    func stop() {
        log.withLock { $0.isStopped = true }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// Each as sent, head and body.
    var requests: [String] { log.withLock { $0.requests } }
    var connections: Int { log.withLock { $0.connections } }
    var bytesSent: Int { log.withLock { $0.bytesSent } }
    /// Connections that are over.
    var ended: Int { log.withLock { $0.ended } }
    /// Most requests that were at a `.meet` step together.
    var largestMeeting: Int { meeting.largest }

    /// Takes part in a `.meet` step, and so decides when a script goes on; blocks until the others are there.
    func meet(_ count: Int) { meeting.join(count) }

    /// Returns once so many bytes have been sent.
    func sent(_ count: Int) async throws {
        while bytesSent < count { try await Task.sleep(for: .milliseconds(1)) }
    }

    /// Returns once so many requests have come in.
    func received(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = log.withLock { log in
                if log.requests.count < count { log.expecting.append((count, continuation)) }
                return log.requests.count >= count
            }
            if isThere { continuation.resume() }
        }
    }

    private func acceptAll() {
        while case let client = accept(listener, nil, nil), client >= 0 {
            // No program that a test starts may hold the connection open.
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            log.withLock { $0.connections += 1 }
            startThread { [self] in
                serve(Connection(client))
                log.withLock { $0.ended += 1 }
            }
        }
        close(listener)
    }

    private func serve(_ connection: Connection) {
        if let greeting, !greeting(connection) { return }
        while let request = connection.readRequest() {
            let ready = log.withLock { log in
                log.requests.append(request)
                let (ready, rest) = log.expecting.divided { $0.count <= log.requests.count }
                log.expecting = rest
                return ready.map(\.1)
            }
            for continuation in ready { continuation.resume() }
            let target = request.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            for step in scripts(target) where !follow(step, request, connection) { return }
        }
    }

    /// Whether the connection is still of use.
    private func follow(_ step: Step, _ request: String, _ connection: Connection) -> Bool {
        switch step {
        case .send(let bytes): return send(bytes, connection)
        case .sendForever(let bytes):
            while send(bytes, connection) {}
            return false
        case .drip(let bytes):
            for byte in bytes {
                guard send([byte], connection) else { return false }
                usleep(100_000)
            }
            return true
        case .echo: return follow(.answer(request), request, connection)
        case .meet(let count):
            meeting.join(count)
            return true
        case .hang:
            connection.waitForEnd()
            return false
        case .reset:
            connection.reset()
            return false
        case .close: return false
        }
    }

    private func send(_ bytes: [UInt8], _ connection: Connection) -> Bool {
        guard connection.send(bytes) else { return false }
        log.withLock { $0.bytesSent += bytes.count }
        return true
    }
}

extension Array {
    fileprivate func divided(_ isFirst: (Element) -> Bool) -> (first: [Element], second: [Element]) {
        (filter(isFirst), filter { !isFirst($0) })
    }
}
