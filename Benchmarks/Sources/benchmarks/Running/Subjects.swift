/// All subjects.
enum Subjects {
    /// Those of the named benchmarks, or all; what a benchmark needs is read only when it is asked for.
    static func all(_ workload: Workload, named names: Set<String>) throws -> [Subject] {
        let benchmarks: [(String, (Workload) throws -> [Subject])] = [
            ("parse", ParseSubjects.all), ("fetch", FetchSubjects.all), ("robots", RobotsSubjects.all),
            ("canonicalise", URLSubjects.canonicalising), ("url", URLSubjects.parsing),
            ("selectors", SelectorSubjects.all),
            ("encoding", EncodingSubjects.all), ("politeness", PolitenessSubjects.all),
            ("sitemap", SitemapSubjects.all), ("extract", ExtractionSubjects.all),
        ]
        return try benchmarks.filter { names.isEmpty || names.contains($0.0) }.flatMap { try $0.1(workload) }
    }
}
