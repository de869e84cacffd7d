/// What an address is for, by the IANA registries of special-purpose addresses (RFC 6890).
public enum AddressClass: String, Sendable, CaseIterable {
    /// Reachable by everybody.
    case global
    /// 0.0.0.0/8 and `::`.
    case unspecified
    /// This machine.
    case loopback
    /// RFC 1918.
    case privateUse
    /// Carrier-grade NAT, RFC 6598.
    case sharedUse
    /// This network segment.
    case linkLocal
    /// RFC 4193.
    case uniqueLocal
    /// Many at once.
    case multicast
    /// Where clouds serve secrets to their machines.
    case metadata
    /// An IPv6 form that stands for an IPv4 address: mapped, compatible, NAT64, 6to4, Teredo.
    case embedded
    /// Documentation, benchmarks, protocol assignments, future use and all else that is not global.
    case reserved

    /// The class of an address.
    public init(of address: IPAddress) {
        switch address {
        case .v4: self = Self.first(of: address, in: Self.special4) ?? .global
        case .v6:
            let found = Self.first(of: address, in: Self.special6)
            self = found ?? (Self.globalUnicast6.contains(address) ? .global : .reserved)
        }
    }

    private static func first(of address: IPAddress, in table: [(AddressBlock, AddressClass)]) -> AddressClass? {
        table.first { $0.0.contains(address) }?.1
    }

    /// The only part of IPv6 that is given out as global unicast.
    private static let globalUnicast6: AddressBlock = "2000::/3"

    // The first match counts.
    private static let special4: [(AddressBlock, AddressClass)] = [
        ("169.254.169.254/32", .metadata),  // AWS, Azure, Google, OpenStack
        ("169.254.170.2/32", .metadata),  // AWS containers
        ("100.100.100.200/32", .metadata),  // Alibaba
        ("192.0.0.192/32", .metadata),  // Oracle
        ("168.63.129.16/32", .metadata),  // Azure's host
        ("0.0.0.0/8", .unspecified),
        ("10.0.0.0/8", .privateUse),
        ("100.64.0.0/10", .sharedUse),
        ("127.0.0.0/8", .loopback),
        ("169.254.0.0/16", .linkLocal),
        ("172.16.0.0/12", .privateUse),
        ("192.0.0.0/24", .reserved),
        ("192.0.2.0/24", .reserved),
        ("192.88.99.0/24", .reserved),
        ("192.168.0.0/16", .privateUse),
        ("198.18.0.0/15", .reserved),
        ("198.51.100.0/24", .reserved),
        ("203.0.113.0/24", .reserved),
        ("224.0.0.0/4", .multicast),
        ("240.0.0.0/4", .reserved),
    ]

    private static let special6: [(AddressBlock, AddressClass)] = [
        ("fd00:ec2::254/128", .metadata),  // AWS
        ("fd20:ce::254/128", .metadata),  // Google
        ("::/128", .unspecified),
        ("::1/128", .loopback),
        ("::/96", .embedded),
        ("::ffff:0:0/96", .embedded),
        ("::ffff:0:0:0/96", .embedded),
        ("64:ff9b::/96", .embedded),
        ("64:ff9b:1::/48", .embedded),
        ("2001::/32", .embedded),
        ("2002::/16", .embedded),
        ("2001::/23", .reserved),
        ("2001:db8::/32", .reserved),
        ("3fff::/20", .reserved),
        ("fc00::/7", .uniqueLocal),
        ("fe80::/10", .linkLocal),
        ("ff00::/8", .multicast),
    ]
}
