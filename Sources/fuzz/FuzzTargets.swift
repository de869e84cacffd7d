/// All targets by name.
enum FuzzTargets {
    static var all: [any FuzzTarget.Type] {
        [
            URLTarget.self, RobotsTarget.self, RobotsMatchTarget.self, SitemapTarget.self, CSSTarget.self,
            XPathTarget.self, HTMLTarget.self, HTMLEqualityTarget.self, XMLTarget.self, EncodingTarget.self,
            JSONTarget.self,
            JSONPathTarget.self, ImportTarget.self,
            PatternTarget.self, PatternMatchTarget.self, HTTPDateTarget.self, RetryAfterTarget.self, CronTarget.self,
            WARCTarget.self,
        ]
    }

    /// The names of all, and of the one that tests the harness.
    static var names: [String] { all.map { $0.name } + [SelfTarget.name] }

    /// The targets that a name means; `all` means all.
    static func named(_ name: String) -> [any FuzzTarget.Type] {
        name == "all" ? all : (all + [SelfTarget.self]).filter { $0.name == name }
    }
}
