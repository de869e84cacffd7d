import WebStandards

/// A token as it is kept: its SHA-256. Tokens are random and long, so that no slow hash is needed.
public struct TokenHash: Sendable, Hashable {
    /// 32 bytes.
    private let digest: [UInt8]

    /// Reads "sha256:" and 64 hex digits; nil for anything else.
    public init?(_ text: String) {
        guard text.hasPrefix("sha256:") else { return nil }
        guard let bytes = Hexadecimal.bytes(text.utf8.dropFirst(7)), bytes.count == 32 else { return nil }
        digest = bytes
    }

    /// The hash of a token.
    public init(of token: String) { digest = SHA256.hash(Array(token.utf8)) }

    /// As it stands in the configuration.
    public var text: String { "sha256:" + Hexadecimal.text(digest) }

    /// Whether two are equal, in a time that does not depend on where they differ.
    func matches(_ other: TokenHash) -> Bool {
        zip(digest, other.digest).reduce(UInt8(digest.count == other.digest.count ? 0 : 1)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension [TokenHash] {
    /// Whether a token is one of these; looks at all of them, whichever it is.
    public func accept(_ token: String) -> Bool {
        let hash = TokenHash(of: token)
        return reduce(false) { $1.matches(hash) || $0 }
    }
}

/// A token, as the operator is shown it once.
public struct NewToken: Sendable {
    /// "am_" and 43 letters of base64url: 256 random bits.
    public let text: String
    /// What is kept of it.
    public var hash: TokenHash { TokenHash(of: text) }

    /// Makes one from the system's source of randomness.
    public init() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        text = "am_" + String((0..<43).map { _ in alphabet[Int.random(in: 0..<64, using: &generator)] })
    }
}
