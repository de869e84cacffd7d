import Dispatch
import Glibc

/// Finds a host's address by the system's resolver, which blocks and therefore runs on a thread of its own.
public enum AddressLookup {
    /// The address that is tried first (RFC 6724); of a numeric host itself; nil when the name has none.
    public static func first(of host: String) async -> IPAddress? {
        if let numeric = IPAddress(host) { return numeric }
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: resolve(host)) }
        }
    }

    private static func resolve(_ host: String) -> IPAddress? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &found) == 0, let first = found else { return nil }
        defer { freeaddrinfo(first) }
        return sequence(first: first, next: { $0.pointee.ai_next }).lazy.compactMap { entry in
            entry.pointee.ai_addr.flatMap {
                IPAddress(socketAddress: UnsafeRawPointer($0), length: Int(entry.pointee.ai_addrlen))
            }
        }.first
    }
}
