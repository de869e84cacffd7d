extension IPAddress {
    /// The IPv4 address that a translator or tunnel makes of this IPv6 address, where the form is known.
    ///
    /// Mapped and compatible (RFC 4291, 2.5.5), translated (RFC 2765), NAT64 (RFC 6052; of the local prefix of RFC 8215
    /// the 96-bit form), 6to4 (RFC 3056), Teredo (RFC 4380, where the client's address is inverted).
    var embedded: IPAddress? {
        guard case .v6(let high, let low) = self, AddressClass(of: self) == .embedded else { return nil }
        switch high >> 32 {
        case 0x2001_0000: return .v4(~UInt32(truncatingIfNeeded: low))
        case 0x2002_0000...0x2002_ffff: return .v4(UInt32(truncatingIfNeeded: high >> 16))
        default: return .v4(UInt32(truncatingIfNeeded: low))
        }
    }
}
