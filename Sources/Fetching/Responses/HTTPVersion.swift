/// The version of HTTP that was spoken.
public enum HTTPVersion: String, Sendable, Hashable {
    /// RFC 1945.
    case http10 = "HTTP/1.0"
    /// RFC 9112.
    case http11 = "HTTP/1.1"
    /// RFC 9113.
    case http2 = "HTTP/2"
    /// RFC 9114.
    case http3 = "HTTP/3"
}
