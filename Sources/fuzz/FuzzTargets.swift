/// All targets by name. A new one, such as an `html-equality` that holds one parser against another, is added here.
enum FuzzTargets {
    static var all: [any FuzzTarget.Type] {
        [
            URLTarget.self, RobotsTarget.self, RobotsMatchTarget.self, SitemapTarget.self, CSSTarget.self,
            XPathTarget.self, HTMLTarget.self, XMLTarget.self, EncodingTarget.self, JSONTarget.self,
            JSONPathTarget.self,
            PatternTarget.self, PatternMatchTarget.self, HTTPDateTarget.self, RetryAfterTarget.self, CronTarget.self,
        ]
    }

    static var names: [String] { all.map { $0.name } }

    /// The target of a name; `all` means every one.
    static func named(_ name: String) -> [any FuzzTarget.Type] {
        name == "all" ? all : all.filter { $0.name == name }
    }
}
