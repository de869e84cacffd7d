/// How large and deep a document may be.
public enum BSONLimits {
    /// The server's limit for one stored document, in bytes.
    public static let documentBytes = 16 * 1024 * 1024

    /// The server's limit for a command or reply, which may wrap one whole document, in bytes.
    static let messageBytes = documentBytes + 16 * 1024

    /// The server's limit for nested documents and arrays.
    public static let depth = 100

    /// Milliseconds from 1970 that `Date`, a `Double` of seconds, keeps exactly: some 71,000 years each way.
    ///
    /// The format allows more; a date outside of this is refused both ways rather than changed silently.
    public static let dateMilliseconds: ClosedRange<Int64> = -(1 << 51)...(1 << 51)
}
