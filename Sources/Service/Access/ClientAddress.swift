import Glibc

/// Where a connection comes from, as limits count it.
///
/// One who has IPv6 has 2⁶⁴ addresses at least (RFC 6177), so the first 64 bits of one stand for all of them; an address of IPv4 that was mapped into IPv6
/// (RFC 4291, section 2.5.5.2) is that of IPv4.
struct ClientAddress: Sendable, Hashable {
    /// What is counted by.
    let text: String
    /// Whether it is this machine, or no network at all: who can run programs here needs no limit.
    let isThisMachine: Bool

    /// - Parameter address: As digits; nil where there is none, as on a Unix socket.
    init(_ address: String?) {
        guard let address else {
            (text, isThisMachine) = ("none", true)
            return
        }
        var parsed = in6_addr()
        guard inet_pton(AF_INET6, String(address.prefix { $0 != "%" }), &parsed) == 1 else {
            (text, isThisMachine) = (address, address == "127.0.0.1")
            return
        }
        let bytes = withUnsafeBytes(of: parsed) { Array($0) }
        if bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) {
            text = bytes.dropFirst(12).map { "\($0)" }.joined(separator: ".")
            isThisMachine = text == "127.0.0.1"
        } else {
            isThisMachine = bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
            text = isThisMachine ? "::1" : Self.network(of: bytes)
        }
    }

    private static func network(of bytes: [UInt8]) -> String {
        let groups = stride(from: 0, to: 8, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
        return groups.joined(separator: ":") + "::/64"
    }
}
