/// A URL in the one form under which it is deduplicated, queued and stored.
public struct CanonicalURL: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The canonical form, parsed.
    public let url: WebURL

    /// The canonical form of `url`. Opaque URLs such as `mailto:` only lose their fragment.
    public init(_ url: WebURL, rules: CanonicalisationRules = .init()) {
        let url = rules.keepFragments ? url : url.withoutFragment
        if url.hasOpaquePath || CanonicalFormCheck(rules)?.holds(for: url) == true {
            self.url = url
        } else {
            self.url = Canonicaliser(rules: rules).canonical(url)
        }
    }

    /// The canonical text.
    public var string: String { url.href }

    /// The key under which the URL is stored.
    public var fingerprint: URLFingerprint { URLFingerprint(of: string) }

    /// The same as ``string``.
    public var description: String { string }

    /// The order of the texts.
    public static func < (left: Self, right: Self) -> Bool { left.url < right.url }
}
