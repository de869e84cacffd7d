/// What besides the public internet a request may connect to, and what it may not.
///
/// - A refused block wins over an allowed one.
/// - A metadata address passes only when that very address is named.
/// - An IPv6 form that stands for an IPv4 address passes only when its form is named (`64:ff9b::/96` on a network with
///   NAT64) and the IPv4 address passes too.
public struct AddressRules: Sendable, Hashable {
    /// Passed although not public.
    public var allowed: [AddressBlock]
    /// Refused although public or allowed.
    public var refused: [AddressBlock]

    /// Public addresses, and these, but not those.
    public init(allowing allowed: [AddressBlock] = [], refusing refused: [AddressBlock] = []) {
        self.allowed = allowed
        self.refused = refused
    }

    /// Only what everybody can reach.
    public static let publicOnly = AddressRules()
    /// This machine too: for tests and demonstrations.
    public static let loopback = AddressRules(allowing: ["127.0.0.0/8", "::1"])

    func names(_ address: IPAddress, exactly: Bool = false) -> Bool {
        allowed.contains { $0.contains(address) && (!exactly || $0.address == address && $0.isSingle) }
    }
}
