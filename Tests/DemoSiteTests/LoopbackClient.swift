import Glibc

/// One connection to 127.0.0.1 that says exactly what a test wants said.
final class LoopbackClient {
    struct Answer {
        var status: Int
        var fields: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(port: UInt16) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var time = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    deinit { close(descriptor) }

    /// Asks for one page on this connection.
    func get(_ target: String, method: String = "GET", host: String = "demo.invalid") -> Answer? {
        say("\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\nUser-Agent: DemoSiteTests/1\r\n\r\n")
        return answer(hasBody: method != "HEAD")
    }

    /// Asks for one page on a connection of its own.
    static func get(_ target: String, port: UInt16) -> Answer? { LoopbackClient(port: port).get(target) }

    func say(_ text: String) {
        let bytes = Array(text.utf8)
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// The next answer: nil when the connection ends before its head does, a short body when it ends within it.
    func answer(hasBody: Bool = true) -> Answer? {
        guard let head = readHead() else { return nil }
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let name = line.prefix { $0 != ":" }
            fields[name.lowercased()] = String(line.dropFirst(name.count + 2))
        }
        let length = hasBody ? Int(fields["content-length"] ?? "0") ?? 0 : 0
        while buffer.count < length, receive() {}
        let body = Array(buffer.prefix(length))
        buffer.removeFirst(body.count)
        return Answer(status: status, fields: fields, body: body)
    }

    /// Whatever comes until the other side ends the connection.
    func rest() -> [UInt8] {
        while receive() {}
        return buffer
    }

    private func readHead() -> [UInt8]? {
        let end: [UInt8] = [13, 10, 13, 10]
        while true {
            if let range = buffer.firstRange(of: end) {
                let head = Array(buffer[..<range.lowerBound])
                buffer.removeFirst(range.upperBound)
                return head
            }
            guard receive() else { return nil }
        }
    }

    private func receive() -> Bool {
        let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { storage, count in
            count = max(0, recv(descriptor, storage.baseAddress, 65_536, 0))
        }
        buffer += bytes
        return !bytes.isEmpty
    }
}
