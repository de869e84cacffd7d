import Foundation
import Glibc
import Synchronization

/// A small server on 127.0.0.1 that sees requests whole, bodies included, and answers what a function says: an API for a test.
///
/// One request a connection, one connection after another.
public final class AskedServer: Sendable {
    /// What was asked.
    public struct Asked: Sendable {
        public let method: String
        public let target: String
        /// By name in small letters.
        public let fields: [String: String]
        public let body: String
        /// When it had come in, and when its answer had gone out.
        public let arrived: ContinuousClock.Instant
        public let answered: ContinuousClock.Instant
    }

    /// What is answered.
    public struct Answer: Sendable {
        let status: Int
        let fields: [String]
        let body: String

        public init(_ body: String, status: Int = 200, fields: [String] = ["Content-Type: application/json"]) {
            self.status = status
            self.fields = fields
            self.body = body
        }
    }

    struct SetUpFailed: Error {}

    public let port: UInt16
    private let listener: Int32
    private let log = Mutex<[Asked]>([])
    private let answer: @Sendable (Asked) -> Answer

    public init(_ answer: @escaping @Sendable (Asked) -> Answer) throws {
        self.answer = answer
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isUp = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard isUp else { throw SetUpFailed() }
        let thread = Thread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { break }
                serve(connection)
                close(connection)
            }
            close(listener)
        }
        thread.start()
    }

    /// What was asked so far.
    public var asked: [Asked] { log.withLock { $0 } }

    /// Frees the port.
    public func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve(_ connection: Int32) {
        guard let (head, body) = read(connection) else { return }
        let lines = head.components(separatedBy: "\r\n")
        let request = lines[0].split(separator: " ").map(String.init)
        guard request.count == 3 else { return }
        let fields = lines.dropFirst().compactMap { line -> (String, String)? in
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            return parts.count == 2 ? (parts[0].lowercased(), parts[1]) : nil
        }
        @Sendable func note(_ arrived: ContinuousClock.Instant) -> Asked {
            Asked(
                method: request[0], target: request[1], fields: Dictionary(fields, uniquingKeysWith: { $1 }),
                body: body,
                arrived: arrived, answered: .now)
        }
        let arrived = ContinuousClock.now
        let answer = answer(note(arrived))
        let lead = ["HTTP/1.1 \(answer.status) X", "Content-Length: \(answer.body.utf8.count)", "Connection: close"]
        let bytes = Array(((lead + answer.fields).joined(separator: "\r\n") + "\r\n\r\n" + answer.body).utf8)
        log.withLock { $0.append(note(arrived)) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    private func read(_ connection: Int32) -> (head: String, body: String)? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                let body = String(text[end.upperBound...])
                let length = head.lowercased().components(separatedBy: "content-length: ").dropFirst().first
                    .flatMap { Int($0.prefix { $0.isNumber }) }
                if body.utf8.count >= length ?? 0 { return (head, body) }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
    }
}
