import WebStandards

/// The text of a URL → parsed; → its canonical form.
enum URLSubjects {
    static func canonicalising(_ workload: Workload) throws -> [Subject] {
        let texts = try workload.lines("urls.txt")
        let mixed = try workload.lines("odd-urls.txt")
        return [("canonicalise", texts), ("canonicalise odd ones", mixed)].map { name, texts in
            Subject(name, unit: "URLs") {
                var round = Subject.Round(operations: texts.count)
                for text in texts {
                    if let url = WebURL(text) { round.result += CanonicalURL(url).string.utf8.count }
                }
                return round
            }
        }
    }

    static func parsing(_ workload: Workload) throws -> [Subject] {
        let texts = try workload.lines("urls.txt")
        return [
            Subject("URL parse", unit: "URLs") {
                var round = Subject.Round(operations: texts.count)
                for text in texts { round.result += WebURL(text)?.href.utf8.count ?? 0 }
                return round
            }
        ]
    }
}
