/// What is wrong with page kinds as they stand beside one another.
struct PageKindReview {
    let pages: [PageKind]
    let entries: [YAMLMap.Entry]

    /// Whether all URLs that page kinds serve are known; a mistake in one is told at its place.
    var isComplete: Bool {
        !entries.isEmpty
            && entries.allSatisfy { entry in
                guard entry.value.isMap, let written = entry.value.map()?.take("url")?.oneOrMore().count else {
                    return false
                }
                return written > 0 && pages.first { $0.name == entry.key }?.patterns.count == written
            }
    }

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
        for (place, page) in pages.enumerated() where !page.patterns.isEmpty {
            let above = pages[..<place].filter { takes($0, whatever: page) }
            let takers = page.patterns.map { pattern in
                above.first { $0.patterns.contains { $0.covers(pattern) } }
            }
            guard let other = takers.first ?? nil, !takers.contains(where: { $0 == nil }) else { continue }
            let isSame = page.patterns.allSatisfy { pattern in other.patterns.contains { pattern.covers($0) } }
            let remedy = isSame ? "when: in '\(other.name)'" : "it above '\(other.name)', or when: there"
            report(page, "'\(page.name)' is never used: '\(other.name)' above takes all its pages; expected \(remedy)")
        }
    }

    /// Whether a kind asks nothing of the content that another does not ask too.
    private func takes(_ other: PageKind, whatever page: PageKind) -> Bool {
        if other.condition == nil { return true }
        guard let left = conditions(of: other), let right = conditions(of: page) else { return false }
        return left == right && entry(other)?.keyNode.file === entry(page)?.keyNode.file
    }

    private func conditions(of page: PageKind) -> [YAMLContent?]? {
        entry(page)?.value.map().map { map in [map.take("when")?.comparable, map.take("unless")?.comparable] }
    }

    /// Addresses that are made and that their page kind could never serve, whatever is filled in.
    func reportMadeAddresses() {
        guard isComplete else { return }
        for page in pages {
            for link in page.links {
                guard case .made(let template) = link.origin else { continue }
                check(template, to: link.page, parameter: nil, at: link.place, of: page)
            }
            for paging in [page.paging, page.continuation].compactMap(\.self) {
                guard let url = paging.url else { continue }
                check(url, to: paging.page, parameter: paging.parameter, at: paging.place, of: page)
            }
        }
    }

    private func check(
        _ template: Template, to kind: String?, parameter: String?, at place: RulePlace?, of page: PageKind
    ) {
        guard var address = template.address, let place else { return }
        if let parameter {
            address.parameters.removeAll { $0.name == parameter }
            address.parameters.append((parameter, nil))
        }
        let kinds = kind.map { name in pages.filter { $0.name == name } } ?? pages
        let patterns = kinds.flatMap(\.patterns)
        guard !patterns.contains(where: { $0.mayMatch(path: address.path, parameters: address.parameters) }) else {
            return
        }
        let message =
            kind.map { name in
                "'\(name)' cannot serve '\(template.source)'; expected "
                    + patterns.map { "'\($0.source)'" }.joined(separator: " or ")
            } ?? "no page kind can serve '\(template.source)'; expected a URL that a url pattern serves"
        entry(page)?.keyNode.file.report(message, line: place.line, column: place.column)
    }

    private func entry(_ page: PageKind) -> YAMLMap.Entry? { entries.first { $0.key == page.name } }

    private func report(_ page: PageKind, _ message: String) { entry(page)?.keyNode.report(message) }
}
