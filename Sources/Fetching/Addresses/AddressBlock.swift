/// A range of addresses that share their first bits (CIDR, RFC 4632).
public struct AddressBlock: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// Any address of the block.
    public let address: IPAddress
    /// Leading bits that count: 0…32 for IPv4, 0…128 for IPv6.
    public let prefixLength: Int

    /// Reads `10.0.0.0/8`, `fc00::/7`, or one address alone; bits behind the prefix do not count.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
        let width = if case .v4 = address { 32 } else { 128 }
        var length = width
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy(\.isDigit), let stated = Int(parts[1]), stated <= width else {
                return nil
            }
            length = stated
        }
        self.address = address
        prefixLength = length
    }

    /// A block written in the source; what is not a block traps.
    public init(stringLiteral text: String) {
        guard let block = AddressBlock(text) else { preconditionFailure("not an address block: \(text)") }
        self = block
    }

    /// Whether the address lies in this block; IPv4 and IPv6 never contain each other.
    public func contains(_ other: IPAddress) -> Bool {
        switch (address, other) {
        case (.v4(let mine), .v4(let theirs)):
            return (mine ^ theirs) & UInt32.leadingOnes(prefixLength) == 0
        case (.v6(let high, let low), .v6(let otherHigh, let otherLow)):
            return (high ^ otherHigh) & UInt64.leadingOnes(prefixLength) == 0
                && (low ^ otherLow) & UInt64.leadingOnes(prefixLength - 64) == 0
        default: return false
        }
    }

    /// Whether the block is one address.
    var isSingle: Bool {
        if case .v4 = address { prefixLength == 32 } else { prefixLength == 128 }
    }

    /// CIDR notation.
    public var description: String { "\(address)/\(prefixLength)" }
}

extension FixedWidthInteger {
    /// All ones in the first `count` bits; `count` may lie outside the width.
    fileprivate static func leadingOnes(_ count: Int) -> Self {
        ~Self.zero << (bitWidth - Swift.min(bitWidth, Swift.max(count, 0)))
    }
}
