public import FoundationEssentials

/// Bytes with the subtype that tells what they are.
public struct BSONBinary: Sendable, Hashable {
    /// What the bytes are: 0 is generic, 4 a UUID, 128 and above are the user's.
    public var subtype: UInt8
    /// The bytes.
    public var bytes: [UInt8]

    /// Bytes of a subtype, by default generic.
    public init(_ bytes: [UInt8], subtype: UInt8 = 0) {
        self.bytes = bytes
        self.subtype = subtype
    }

    /// A UUID in its network byte order, subtype 4.
    public init(_ uuid: UUID) {
        self.init(withUnsafeBytes(of: uuid.uuid) { [UInt8]($0) }, subtype: 4)
    }

    /// The UUID, when the subtype is 4 and there are 16 bytes.
    public var uuid: UUID? {
        guard subtype == 4, bytes.count == 16 else { return nil }
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
