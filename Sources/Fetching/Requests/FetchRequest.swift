public import WebStandards

/// One request; checked when it is fetched.
///
/// Cookies are ordinary fields here: nothing is remembered between requests.
public struct FetchRequest: Sendable {
    /// The methods a crawler needs.
    public enum Method: String, Sendable, Hashable {
        /// Asks for the page.
        case get = "GET"
        /// Asks for the headers alone.
        case head = "HEAD"
        /// Sends a body.
        case post = "POST"
    }

    /// http or https; user name, password and fragment are not sent.
    public var url: WebURL
    /// Any of the three.
    public var method: Method
    /// Sent in this order. Fields that the fetcher itself must set (Host, User-Agent, lengths, encodings) are refused.
    public var headers: HeaderFields
    /// For POST only.
    public var body: [UInt8]?
    /// Sizes and times.
    public var limits: FetchLimits
    /// Where to connect instead of the URL's host; not together with a proxy.
    public var connectTo: ConnectTarget?
    /// Through which proxy; nil for none, whatever the environment says.
    public var proxy: FetchProxy?
    /// What besides the public internet may be connected to.
    public var allowedAddresses: AddressRules
    /// Whose cookies are sent, and where the answer's are kept; nil for none. A Cookie header by hand is refused.
    public var cookies: CookieStore?
    /// What the host's name resolves to, so that tests can stand in for a name server.
    var resolvedAddresses: [IPAddress] = []

    /// A request with the default limits to a public host.
    public init(
        url: WebURL, method: Method = .get, headers: HeaderFields = [:], body: [UInt8]? = nil,
        limits: FetchLimits = .init(),
        connectTo: ConnectTarget? = nil, proxy: FetchProxy? = nil, allowedAddresses: AddressRules = .publicOnly,
        cookies: CookieStore? = nil
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
        self.limits = limits
        self.connectTo = connectTo
        self.proxy = proxy
        self.allowedAddresses = allowedAddresses
        self.cookies = cookies
    }
}

extension FetchRequest {
    /// As the rules of HTTP read it.
    public var head: RequestHead {
        RequestHead(method: method.rawValue, url: url, fields: headers, hasBody: body != nil)
    }
}
