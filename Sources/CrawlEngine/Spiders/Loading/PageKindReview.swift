/// What is wrong with page kinds as they stand beside one another.
struct PageKindReview {
    let pages: [PageKind]
    let entries: [YAMLMap.Entry]

    /// Two kinds of the same URLs that ask otherwise: which of them asks would be chance.
    func reportRequests() {
        var known: [String: PageKind] = [:]
        for page in pages {
            for shape in Set(page.patterns.map(\.shape)) {
                guard let other = known[shape] else {
                    known[shape] = page
                    continue
                }
                guard other.request?.identity != page.request?.identity else { continue }
                report(
                    page, "'\(page.name)' has a URL of '\(other.name)' and another request; expected the same in both")
                break
            }
        }
    }

    /// Kinds behind others that take all their pages.
    func reportUnreachable() {
        var taken: [String: PageKind] = [:]
        for page in pages {
            let others = page.patterns.compactMap { taken[$0.shape] }
            if let other = others.first, others.count == page.patterns.count {
                report(
                    page,
                    "'\(page.name)' is never used: '\(other.name)' above takes all its pages; expected when: in '\(other.name)'"
                )
            }
            guard page.condition == nil else { continue }
            for pattern in page.patterns where taken[pattern.shape] == nil { taken[pattern.shape] = page }
        }
    }

    private func report(_ page: PageKind, _ message: String) {
        entries.first { $0.key == page.name }?.keyNode.report(message)
    }
}
