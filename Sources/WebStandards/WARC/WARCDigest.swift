/// The check sums of web archives.
public enum WARCDigest {
    /// SHA-1 in base 32, the form that archives agree on: "sha1:2RPWGF4SAQ…".
    public static func sha1(_ bytes: [UInt8]) -> String { "sha1:\(Base32.text(SHA1.hash(bytes)))" }
}
