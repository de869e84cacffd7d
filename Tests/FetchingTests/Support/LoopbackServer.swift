import Glibc
import Synchronization

/// A server of raw sockets on 127.0.0.1 that follows a script per request target, however wrong.
///
/// A thread per connection, which reads one request, follows the script and, if that left the connection open, reads the
/// next. What was seen is counted, so that tests can wait for events instead of for time.
final class LoopbackServer: Sendable {
    typealias Scripts = @Sendable (_ target: String) -> [Step]

    let port: UInt16
    private let listener: Int32
    private let scripts: Scripts
    private let log = Mutex(Log())
    private let meeting = Meeting()

    private struct Log {
        var requests: [String] = []
        var connections = 0
        var bytesSent = 0
        var isStopped = false
        var expecting: [(count: Int, CheckedContinuation<Void, Never>)] = []
    }

    struct SetUpFailed: Error {}

    init(_ scripts: @escaping Scripts) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.scripts = scripts
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isUp = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 512) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
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
    /// Most requests that were at a `.meet` step together.
    var largestMeeting: Int { meeting.largest }

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
            log.withLock { $0.connections += 1 }
            startThread { [self] in serve(Connection(client)) }
        }
        close(listener)
    }

    private func serve(_ connection: Connection) {
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
