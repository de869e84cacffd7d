import Markup

/// The text of a CSS selector → compiled.
enum SelectorSubjects {
    static func all(_ workload: Workload) throws -> [Subject] {
        let sources = try workload.lines("selectors.txt")
        return [
            Subject("compile selector", unit: "selectors") {
                var round = Subject.Round(operations: sources.count)
                for source in sources where (try? Selector(css: source)) != nil { round.result += 1 }
                return round
            }
        ]
    }
}
