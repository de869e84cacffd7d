/// What `Cache-Control` says, in requests and in answers.
///
/// Unknown directives are passed over. A number that is none, or that two lines state differently, counts as the one that reuses least.
///
/// Source: RFC 9111, section 5.2; RFC 8246 (`immutable`).
public struct CacheControl: Sendable, Hashable {
    /// Seconds beyond which larger numbers make no difference: about 68 years.
    public static let maximumSeconds: Int64 = 1 << 31

    /// Nothing of it may be kept.
    public private(set) var noStore = false
    /// It may be kept and not used without asking. The form that names fields is taken for all of them.
    public private(set) var noCache = false
    /// Once stale it may not be used without asking, whatever happens.
    public private(set) var mustRevalidate = false
    /// It may be kept in spite of ``noStore`` by whoever understands the status.
    public private(set) var mustUnderstand = false
    /// Anybody may keep it.
    public private(set) var isPublic = false
    /// A cache of one user may keep it.
    public private(set) var isPrivate = false
    /// While it is fresh, nobody need ask, not even to reload.
    public private(set) var isImmutable = false
    /// How long an answer is fresh, or how old an answer the request takes.
    public private(set) var maxAge: Int64?
    /// How stale an answer the request takes; ``maximumSeconds`` for any.
    public private(set) var maxStale: Int64?
    /// How long the answer must stay fresh.
    public private(set) var minFresh: Int64?

    /// Reads all lines of the field; in a request without one, `Pragma: no-cache` means the same (section 5.4).
    public init(_ fields: HeaderFields, isRequest: Bool = false) {
        for member in fields.list("Cache-Control") { take(member) }
        if isRequest, !fields.contains("Cache-Control") {
            noCache = fields.list("Pragma").contains { $0.asciiLowercase == "no-cache" }
        }
    }

    private mutating func take(_ member: String) {
        let (name, value) = ListSyntax.parameter(member)
        switch name.asciiLowercase {
        case "no-store": noStore = true
        case "no-cache": noCache = true
        case "must-revalidate": mustRevalidate = true
        case "must-understand": mustUnderstand = true
        case "public": isPublic = true
        case "private": isPrivate = true
        case "immutable": isImmutable = true
        case "max-age":
            let seconds = Self.seconds(value) ?? 0
            maxAge = maxAge.map { $0 == seconds ? seconds : 0 } ?? seconds
        case "max-stale":
            // Without a value any staleness will do; with one that is no number, none.
            let seconds = value == nil ? Self.maximumSeconds : Self.seconds(value) ?? 0
            maxStale = min(maxStale ?? seconds, seconds)
        case "min-fresh":
            minFresh = max(minFresh ?? 0, Self.seconds(value) ?? 0)
        default: break
        }
    }

    private static func seconds(_ value: String?) -> Int64? { value.flatMap { seconds(ListSyntax.unquoted($0)) } }

    /// A number of seconds in digits, at most ``maximumSeconds``; nil for anything else.
    static func seconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.allSatisfy(\.isASCIIDigit) else { return nil }
        return min(DecimalDigits.value(bytes[...]).map(Int64.init) ?? maximumSeconds, maximumSeconds)
    }
}
