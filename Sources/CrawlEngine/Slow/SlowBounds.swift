/// What takes longer is logged: `slow:` of the configuration. Nil logs nothing of the kind.
public struct SlowBounds: Sendable, Hashable {
    /// A page's fetch and extraction together, and a commit of pages.
    public var page: Duration? = .seconds(10)
    /// A command to MongoDB.
    public var query: Duration? = .milliseconds(500)
    /// A request to the HTTP service.
    public var request: Duration? = .seconds(1)

    /// The defaults above.
    public init() {}
}

extension Configuration {
    /// What takes so long that it is logged.
    mutating func readSlow(_ map: YAMLMap) {
        guard let map = map.take("slow")?.map() else { return }
        slow.page = map.take("page").map { $0.bound(slow.page) } ?? slow.page
        slow.query = map.take("query").map { $0.bound(slow.query) } ?? slow.query
        slow.request = map.take("request").map { $0.bound(slow.request) } ?? slow.request
        map.close()
    }
}

extension YAMLNode {
    /// A time, or `never`.
    fileprivate func bound(_ fallback: Duration?) -> Duration? {
        if plainText == "never" { return nil }
        guard let text = plainText, let time = Duration(spiderText: text), time > .zero else {
            return refuse("expected a time with its unit such as 500ms, or never") ?? fallback
        }
        return time
    }
}
