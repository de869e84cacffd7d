import WebStandards

/// Parsing, resolving, canonicalising and normalising a URL; a second line is a reference to resolve against it.
struct URLTarget: FuzzTarget {
    static let name = "url"
    let seeds = [
        "http://user:pw@example.com:8080/a/%2e/b?x=1&y=%7E#f", "https://xn--bcher-kva.de/.a/..b", "file:///C:/x/../y",
        "http://[1:2::3:4]:80/", "https://例え.テスト/ü?ü#ü", "non-special:/..//a b ?c", "http://0x7f.1/a//b/../c/./",
        "https://example.org/a?b=c&d\n../x?y=z&a=1#q", "http://a.b/c?utm_source=x&b=&a&&=c\n//d.e:0/%zz",
        "blob:https://a/b",
        "https://ｅｘ．com/%F0%9F\n?q=%2B+%20", "mailto:a@b\n#x", "http://1.2.3\n\\\\x\\y",
    ]
    let dictionary = [
        "http://", "https:", "//", "\\", "/../", "/./", "%2e", "%2E%2e", "%25", "%", "%00", "?", "#", "@", ":", ":80",
        ":443", "[::1]", "[::ffff:1.2.3.4]", "0x", "127.1", "xn--", "xn--a", "é", "ß", "\u{200D}", "\u{AD}", "。", "\t",
        "\n",
        " ", "|", "C|", "&", "=", ";", "+", "א", "😀", "\u{0}", "ftp:", "javascript:", "data:,", "file://", "^", "`",
    ]
    let members: Set<String> = ["url", "input", "base", "href", "source"]
    private let base = WebURL("https://base.example/d/e/f?g#h")

    func check(_ input: [UInt8]) throws {
        let parts = input.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let text = String(decoding: parts[0], as: UTF8.self)
        let url = WebURL(text)
        try require(url == WebURL(bytes: Array(text.utf8)), "text and bytes are parsed differently")
        _ = WebURL(bytes: input)
        if let url { try check(url) }
        if let relative = WebURL(text, base: base) { try check(relative) }
        if let url, parts.count > 1, let resolved = WebURL(String(decoding: parts[1], as: UTF8.self), base: url) {
            try check(resolved)
        }
    }

    private func check(_ url: WebURL) throws {
        try require(url.href.utf8.allSatisfy { $0 > 0x1F && $0 < 0x7F }, "href is not printable ASCII: \(url.href)")
        guard let again = WebURL(url.href) else { throw Violation("its own href is refused: \(url.href)") }
        try require(again.href == url.href, "parsing is not stable: \(url.href) → \(again.href)")
        let same =
            again.scheme == url.scheme && again.username == url.username && again.password == url.password
            && again.host == url.host && again.port == url.port && again.path == url.path && again.query == url.query
            && again.fragment == url.fragment
        try require(same, "the parts of \(url.href) change when it is parsed again")
        try canonical(url)
        let normalised = url.normalised(removingParameters: ["utm_source"])
        try require(
            normalised.normalised(removingParameters: ["utm_source"]).href == normalised.href,
            "normalising is not stable: \(normalised.href)")
        for other in [url.withoutFragment, url.withoutCredentials, url.replacingQuery("a b"), url.replacingQuery(nil)] {
            try require(WebURL(other.href)?.href == other.href, "a changed URL is not stable: \(other.href)")
        }
        try require(
            url.withoutFragment.fragment == nil && !url.withoutCredentials.hasCredentials, "a part is left over")
    }

    private func canonical(_ url: WebURL) throws {
        let rules = [
            CanonicalisationRules(),
            CanonicalisationRules(keepFragments: true, keepBlankValues: false, sortParameters: false),
            CanonicalisationRules(dropParameters: ["utm_*"], keepOnlyParameters: ["a", "b*"], separator: ";"),
        ]
        for rules in rules {
            let canonical = CanonicalURL(url, rules: rules)
            let again = CanonicalURL(canonical.url, rules: rules)
            try require(again == canonical, "canonicalising is not stable: \(canonical.string) → \(again.string)")
            try require(
                WebURL(canonical.string)?.href == canonical.string, "a canonical URL is no URL: \(canonical.string)")
            try require(again.fingerprint == canonical.fingerprint, "two fingerprints of \(canonical.string)")
        }
    }
}
