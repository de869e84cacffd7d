import Synchronization

/// A SOCKS 5 proxy (RFC 1928, RFC 1929) that plays every host itself, by the scripts of a `LoopbackServer`.
final class SOCKSServer: Sendable {
    /// What it was told, in order: "name:port" of each connection, and "user name password" before it.
    let told = Mutex<[String]>([])

    func server(_ scripts: @escaping LoopbackServer.Scripts) throws -> LoopbackServer {
        try LoopbackServer(greeting: { [self] in greet($0) }, scripts)
    }

    private func greet(_ connection: Connection) -> Bool {
        guard let head = connection.read(2), head[0] == 5, let methods = connection.read(Int(head[1])) else {
            return false
        }
        let wantsName = methods.contains(2)
        guard connection.send([5, wantsName ? 2 : 0]) else { return false }
        if wantsName {
            guard connection.read(1) == [1], let user = text(connection), let password = text(connection) else {
                return false
            }
            told.withLock { $0.append("user \(user) \(password)") }
            guard connection.send([1, 0]) else { return false }
        }
        guard connection.read(3) == [5, 1, 0], let kind = connection.read(1)?.first else { return false }
        // Names only: that the proxy looks them up is the point.
        guard kind == 3, let host = text(connection), let port = connection.read(2) else {
            told.withLock { $0.append("address of kind \(kind)") }
            return false
        }
        told.withLock { $0.append("\(host):\(Int(port[0]) << 8 | Int(port[1]))") }
        return connection.send([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
    }

    private func text(_ connection: Connection) -> String? {
        connection.read(1).flatMap { connection.read(Int($0[0])) }.map { String(decoding: $0, as: UTF8.self) }
    }
}
