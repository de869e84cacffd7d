import Glibc

/// The sockets of libcurl's connections, which libcurl itself does not tell us about before a request is sent.
///
/// Lives on the fetcher's thread.
final class OpenSockets {
    /// Both ends of a connection.
    struct Ends: Hashable {
        let local: IPAddress
        let localPort: Int
        let remote: IPAddress
        let remotePort: Int
    }

    /// Nil until the connection has been asked for.
    private var ends: [Int32: Ends?] = [:]
    private var sockets: [Ends: Int32] = [:]
    /// Those that speak HTTP/2, where frames may come at any time, each with the number of what it belongs to.
    private var multiplexed: Set<Int32> = []

    func opened(_ socket: Int32) { ends[socket] = .some(nil) }

    func close(_ socket: Int32) -> Int32 {
        if let known = ends.removeValue(forKey: socket), let known, sockets[known] == socket { sockets[known] = nil }
        multiplexed.remove(socket)
        return Glibc.close(socket)
    }

    /// Remembers that a connection speaks HTTP/2.
    func markMultiplexed(_ connection: Ends) {
        if let socket = sockets[connection] { multiplexed.insert(socket) }
    }

    /// Whether a kept connection is in step: still open, and nothing has come since its last answer.
    func isInStep(_ connection: Ends) -> Bool {
        guard let socket = sockets[connection] else { return false }
        if multiplexed.contains(socket) { return true }
        var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 0) == 0
    }

    /// Finds the socket of a new connection among those just opened.
    func identify(_ connection: Ends) {
        for (socket, known) in ends where known == nil {
            guard let found = Ends(socket), found == connection else { continue }
            ends[socket] = .some(found)
            sockets[found] = socket
            return
        }
    }
}

extension OpenSockets.Ends {
    /// Nil when the socket is not connected.
    fileprivate init?(_ socket: Int32) {
        guard let local = Self.end(socket, getsockname), let remote = Self.end(socket, getpeername) else { return nil }
        self.init(local: local.0, localPort: local.1, remote: remote.0, remotePort: remote.1)
    }

    private typealias Asking = (Int32, UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>?) -> Int32

    private static func end(_ socket: Int32, _ ask: Asking) -> (IPAddress, Int)? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { ask(socket, $0, &length) }
        }
        guard result == 0 else { return nil }
        return withUnsafeBytes(of: &storage) { bytes in
            guard let start = bytes.baseAddress, let address = IPAddress(socketAddress: start, length: Int(length))
            else {
                return nil
            }
            // The port stands at the same place in both families.
            return (address, Int(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))))
        }
    }
}

extension OpenSockets.Ends {
    /// From libcurl's words; nil when they are no addresses.
    init?(_ local: String, _ localPort: Int, _ remote: String, _ remotePort: Int) {
        guard let local = IPAddress(local), let remote = IPAddress(remote) else { return nil }
        self.init(local: local, localPort: localPort, remote: remote, remotePort: remotePort)
    }
}
