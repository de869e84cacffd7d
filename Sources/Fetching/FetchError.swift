public import WebStandards

/// Why there is no answer to a request.
public struct FetchError: Error, Sendable, CustomStringConvertible {
    /// Bounded and free of values, so it can label a metric.
    public enum Code: String, Sendable, CaseIterable {
        /// The configuration of the fetcher cannot be used.
        case invalidConfiguration
        /// The request breaks a rule of HTTP or of this module; nothing was sent.
        case invalidRequest
        /// The host's name has no address.
        case resolve
        /// No connection came about.
        case connect
        /// The certificate is not trusted, or no common TLS version.
        case tls
        /// The connect or total time-out ran out.
        case timeout
        /// Bytes came slower than the limits allow.
        case tooSlow
        /// The body exceeds the limit, before or after decoding.
        case bodyTooLarge
        /// The header lines exceed the limit in bytes or in number.
        case headersTooLarge
        /// The connection ended before the answer did.
        case incomplete
        /// The Content-Encoding is unknown or stacked too high, or its data broken or cut off.
        case badEncoding
        /// The address guard refused where the connection would go.
        case addressRefused
        /// The proxy refused.
        case proxy
        /// The answer is not HTTP.
        case protocolError
        /// No descriptors, threads or memory left on this machine.
        case resources
        /// The task was cancelled.
        case cancelled
        /// The fetcher was shut down.
        case shutdown
    }

    /// The kind of failure.
    public let code: Code
    /// What was asked for; nil when no request was involved.
    public let url: WebURL?
    /// libcurl's code and text, or the rule that was broken; for the log.
    public let cause: String

    /// An error of this module.
    public init(_ code: Code, url: WebURL?, cause: String) {
        self.code = code
        self.url = url
        self.cause = cause
    }

    /// Whether the same request may well succeed later.
    public var isTransient: Bool {
        switch code {
        case .resolve, .connect, .timeout, .tooSlow, .incomplete, .badEncoding, .proxy, .resources: true
        case .invalidConfiguration, .invalidRequest, .tls, .bodyTooLarge, .headersTooLarge, .addressRefused,
            .protocolError, .cancelled, .shutdown:
            false
        }
    }

    /// Without the URL's user name and password.
    public var description: String {
        let place = url.map { " (\($0.origin)\($0.requestTarget))" } ?? ""
        return "\(code.rawValue): \(cause)\(place)"
    }
}
