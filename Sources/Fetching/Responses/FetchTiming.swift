/// How long each part of a transfer took; parts that a kept connection saves are zero.
public struct FetchTiming: Sendable, Hashable {
    /// Waiting for a free place in the fetcher, before everything else.
    public var queued: Duration = .zero
    /// Finding the addresses of the name.
    public var nameLookup: Duration = .zero
    /// The TCP handshake.
    public var connect: Duration = .zero
    /// The TLS handshake.
    public var tls: Duration = .zero
    /// From the request being ready to send to the first byte of the answer: what the host itself took.
    public var firstByte: Duration = .zero
    /// From the start of the transfer to the last byte.
    public var total: Duration = .zero

    /// All zero.
    public init() {}

    mutating func add(_ other: FetchTiming) {
        queued += other.queued
        nameLookup += other.nameLookup
        connect += other.connect
        tls += other.tls
        firstByte += other.firstByte
        total += other.total
    }
}
