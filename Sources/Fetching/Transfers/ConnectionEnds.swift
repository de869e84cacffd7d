import Glibc

/// Both ends of a connection.
struct ConnectionEnds: Hashable, Sendable {
    let local: IPAddress
    let localPort: Int
    let remote: IPAddress
    let remotePort: Int

    /// From libcurl's words; nil when they are no addresses.
    init?(_ local: String, _ localPort: Int, _ remote: String, _ remotePort: Int) {
        guard let local = IPAddress(local), let remote = IPAddress(remote) else { return nil }
        self.local = local
        self.localPort = localPort
        self.remote = remote
        self.remotePort = remotePort
    }

    /// Nil when the socket is not connected.
    init?(_ socket: Int32) {
        guard let local = Self.end(socket, getsockname), let remote = Self.end(socket, getpeername) else { return nil }
        (self.local, localPort) = local
        (self.remote, remotePort) = remote
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
