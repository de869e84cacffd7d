internal import CCrypto
public import WebStandards

/// The identity of a value's content: SHA-256 of its JSON with sorted keys, the first 128 bits as 32 hex digits.
public struct ContentHash: Sendable, Hashable, CustomStringConvertible {
    /// 32 lower-case hex digits.
    public let hex: String

    /// Takes a hash as stored.
    public init(hex: String) { self.hex = hex }

    /// Hashes a value; equal values hash equal whatever the order of their keys.
    public init(of value: JSONValue) {
        self.init(ofBytes: value.serializedBytes(sortedKeys: true))
    }

    /// Hashes raw bytes.
    public init(ofBytes bytes: [UInt8]) { self.init(ofBytes: bytes[...]) }

    /// Hashes raw bytes.
    public init(ofBytes bytes: ArraySlice<UInt8>) {
        hex = Self.hex(Self.digest(bytes))
    }

    /// OpenSSL's takes a quarter of the time of ours where the processor has instructions for it.
    private static func digest(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let digest = [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
            let isDone = bytes.withUnsafeBytes { ccrypto_sha256($0.baseAddress, $0.count, digest.baseAddress) != 0 }
            count = isDone ? digest.count : 0
        }
        // It fails where a build of OpenSSL refuses the method.
        return digest.isEmpty ? SHA256.hash(bytes) : digest
    }

    private static func hex(_ digest: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: 32) { text in
            for (index, byte) in digest.prefix(16).enumerated() {
                text[2 * index] = digit(byte >> 4)
                text[2 * index + 1] = digit(byte & 15)
            }
            return 32
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    /// As it is stored: ``hex``.
    public var description: String { hex }
}
