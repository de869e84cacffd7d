/// Something that goes wrong with one answer.
public enum Fault: Sendable, Hashable {
    /// A Retry-After header.
    public enum RetryAfter: Sendable, Hashable {
        case seconds(Int)
        /// An HTTP date this many seconds from now.
        case date(Int)
    }

    /// Another status, in a page of the site's frame or plainer.
    case status(Int, retryAfter: RetryAfter?)
    /// Milliseconds before the first byte.
    case delay(Int)
    /// Milliseconds between eighths of the body.
    case drip(Int)
    /// The connection is reset after this many bytes of head and body.
    case reset(after: Int)
    /// The connection is closed after this many bytes of the body; nil for half of it.
    case truncate(Int?)
    /// Content-Length is wrong by so many bytes.
    case wrongLength(Int)
    /// The page in another encoding, and where that is said.
    case encoding(LegacyEncoding, declared: EncodingDeclaration)
    /// Half of the answer, then nothing for so many milliseconds, then a reset.
    case stall(Int)
    /// A body that says it is gzip and is not, after a gzip header.
    case badGzip
    /// No body.
    case empty
    /// Random bytes as text/html.
    case binary
    /// The login page with status 200.
    case login
    /// A redirect to another path or URL.
    case redirect(String)
    /// A redirect to the same path, again and again.
    case redirectLoop
    /// A redirect to the same path with another query, again and again.
    case redirectMaze
    /// A page without content as bot protections show it, with status 403.
    case challenge
    /// Header lines more, as they are sent: "X-Robots-Tag: noindex".
    case header([String])
    /// Status 403 unless the Cookie header is exactly this.
    case demandCookie(String)
    /// A page that only sends its readers on to another path or URL.
    case refresh(String)
    /// The page in a newer template: the same for its readers, with other markup. See ``NewTemplate``.
    case template(TemplatePart)
}

/// What a newer template has changed.
public enum TemplatePart: String, Sendable, Hashable, CaseIterable {
    /// How the synopsis is marked.
    case story
    /// How all that stands beside the picture is marked.
    case column
}

/// Where a page says its encoding.
public enum EncodingDeclaration: String, Sendable, Hashable, CaseIterable {
    case header, meta, none
}
