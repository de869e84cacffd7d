/// How much of a host's time and data one request may take.
public struct FetchLimits: Sendable, Hashable {
    /// What to do when the body is larger than `maximumBodyBytes`.
    public enum Overflow: Sendable, Hashable {
        /// The request fails with `.bodyTooLarge`.
        case fail
        /// The first bytes are returned, with `isTruncated` set. No Content-Encoding is then accepted.
        case truncate
    }

    /// Largest body, counted before and after decoding.
    public var maximumBodyBytes = 16 << 20
    /// What becomes of a larger body.
    public var overflow = Overflow.fail
    /// Largest sum of header lines, interim answers included.
    public var maximumHeaderBytes = 300 << 10
    /// Most header lines, interim answers included.
    public var maximumHeaderFields = 1000
    /// Name lookup, TCP and TLS together.
    public var connectTimeout: Duration = .seconds(15)
    /// From the start of the transfer (not counting the wait for a free place) to the last byte.
    public var totalTimeout: Duration = .seconds(120)
    /// Bytes per second below which a transfer is too slow.
    public var minimumSpeed = 32
    /// How long it may be too slow; whole seconds, at least one.
    public var slownessTimeout: Duration = .seconds(30)

    /// The defaults.
    public init() {}
}
