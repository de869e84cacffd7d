import Glibc

/// Asks a service on this machine how it is, without anything that could fail besides it.
public enum ServiceProbe {
    /// What it answered.
    public enum Answer: Sendable, Hashable {
        /// The status of its answer, and the beginning of what it said.
        case status(Int, String)
        /// Nobody answers there.
        case silent
    }

    private static let mostBytes = 4_096

    /// Asks `/healthz` or another address of the service on a port of 127.0.0.1; blocks for ten seconds at most.
    public static func ask(port: Int, path: String = "/healthz") -> Answer {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return .silent }
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        let isConnected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return .silent }
        let request = Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n".utf8)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return .silent }
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: mostBytes)
        let end = ContinuousClock.now + .seconds(5)
        while answer.count < mostBytes, ContinuousClock.now < end {
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count > 0 else { break }
            answer += piece.prefix(count)
        }
        let text = String(decoding: answer.prefix(mostBytes), as: UTF8.self)
        let words = text.prefix { $0 != "\r\n" }.split(separator: " ")
        guard words.count > 1, words[0].hasPrefix("HTTP/"), let status = Int(words[1]) else { return .silent }
        return .status(status, text.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first.map(String.init) ?? "")
    }
}
