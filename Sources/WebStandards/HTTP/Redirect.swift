/// The request that a redirect asks for.
///
/// Only http and https are followed. What was meant for one place is not told to another: across origins only fields that hold no
/// secret go along, and validators, which belong to one URL, never do.
///
/// Source: RFC 9110, section 15.4; WHATWG Fetch, "HTTP-redirect fetch".
public struct Redirect: Sendable, Hashable {
    /// Hops after which a chain is given up, as browsers do.
    public static let maximumHops = 20

    /// What to send next.
    public let request: RequestHead

    /// The request that follows `request` after `response`; nil where the answer is no redirect, or leads to nothing that may be asked for.
    public init?(of request: RequestHead, by response: ResponseHead) {
        guard [301, 302, 303, 307, 308].contains(response.status), request.url.isHTTP,
            let location = Self.location(response.fields), let target = Self.target(location, from: request.url)
        else { return nil }
        var next = request
        if Self.becomesGet(request.method, status: response.status) { next.dropBody() }
        next.move(to: target)
        self.request = next
    }

    /// The one Location; nil when there is none, or several that differ: then nobody knows which one is meant.
    private static func location(_ fields: HeaderFields) -> [UInt8]? {
        let values = Set(fields.named("Location").map(\.bytes))
        return values.count == 1 ? values.first.flatMap { $0.isEmpty ? nil : $0 } : nil
    }

    private static func target(_ reference: [UInt8], from url: WebURL) -> WebURL? {
        guard let target = WebURL(bytes: reference, base: url)?.withoutCredentials, target.isHTTP else { return nil }
        guard target.fragment == nil, let fragment = url.fragment else { return target }
        return WebURL("\(target.href)#\(fragment)") ?? target
    }

    /// 301 and 302 make a GET of a POST, as everybody does; 303 of everything but a HEAD; 307 and 308 keep the method.
    private static func becomesGet(_ method: String, status: Int) -> Bool {
        switch status {
        case 301, 302: method == "POST"
        case 303: method != "GET" && method != "HEAD"
        default: false
        }
    }
}

extension RequestHead {
    /// Describe the body, and go with it.
    private static let bodyFields: Set<String> = [
        "content-type", "content-length", "content-encoding", "content-language", "content-location",
        "transfer-encoding",
    ]
    /// Hold no secret; whatever is not named here stays within its origin.
    private static let openFields: Set<String> = bodyFields.union([
        "accept", "accept-encoding", "accept-language", "cache-control", "pragma", "user-agent",
    ])
    /// State what is had of one URL, or which part of it is wanted.
    private static let validatorFields: Set<String> = [
        "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "range",
    ]

    fileprivate mutating func dropBody() {
        method = "GET"
        hasBody = false
        fields = fields.keepingNames { !Self.bodyFields.contains($0) }
    }

    fileprivate mutating func move(to target: WebURL) {
        let isSameOrigin = url.origin == target.origin
        // A cookie belongs to a host, whatever the port; but it may be one that http must not see.
        let keepsCookie = url.host == target.host && (url.scheme == target.scheme || target.scheme == "https")
        fields = fields.keepingNames { name in
            if Self.validatorFields.contains(name) { return false }
            if name == "cookie" { return keepsCookie }
            return isSameOrigin || Self.openFields.contains(name)
        }
        url = target
    }
}
