/// Keyed hashing with SHA-256.
///
/// Source: RFC 2104, section 2.
public enum HMACSHA256 {
    /// The 32-byte authentication code of `message` under `key`, which may have any length.
    public static func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        let short = key.count > SHA256.blockSize ? SHA256.hash(key) : key
        let padded = short + Array(repeating: 0, count: SHA256.blockSize - short.count)
        let inner = SHA256.hash(padded.map { $0 ^ 0x36 } + message)
        return SHA256.hash(padded.map { $0 ^ 0x5c } + inner)
    }
}
