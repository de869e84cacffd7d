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
            ("gram", { try RecommenderSubjects.all($0, of: "gram") }),
            ("solve", { try RecommenderSubjects.all($0, of: "solve") }),
            ("update", { try RecommenderSubjects.all($0, of: "update") }),
            ("foldin", { try RecommenderSubjects.all($0, of: "foldin") }),
            ("rank", { try RecommenderSubjects.all($0, of: "rank") }),
            ("terms", { try TextSubjects.all($0, of: "terms") }), ("tfidf", { try TextSubjects.all($0, of: "tfidf") }),
            ("nmf", { try TextSubjects.all($0, of: "nmf") }), ("lda", { try TextSubjects.all($0, of: "lda") }),
        ]
        // A name is a benchmark's, or one subject's of it: "extract", "extract, all pages".
        return try benchmarks.flatMap { benchmark, subjects -> [Subject] in
            if names.isEmpty || names.contains(benchmark) { return try subjects(workload) }
            guard names.contains(where: { $0.hasPrefix("\(benchmark), ") }) else { return [] }
            return try subjects(workload).filter { names.contains($0.benchmark) }
        }
    }
}
