import WebStandards

/// Pages of one layout, and what is read from them.
public struct PageKind: Sendable {
    /// What the body is.
    enum Document: String, Sendable, CaseIterable { case html, json }

    /// The name by which links and seeds speak of it.
    public let name: String
    /// The URLs it serves.
    public let patterns: [URLPattern]
    /// How often a page is asked again; nil for never.
    public let revisit: RevisitRule?
    /// The largest number that says where a list of this kind goes on; nil for the spider's.
    let largestOffset: Int?
    /// The path under which its URLs are deduplicated, where several paths show the same page.
    let canonical: Template?
    let document: Document
    /// How its pages are asked for; nil for a GET of the link.
    let request: PageRequest?
    /// Whether the page must end with `</html>`.
    let mustClose: Bool
    let condition: Condition?
    let verdicts: [VerdictRule]
    /// Named values for templates and fields, found before the items.
    let values: [FieldRule]
    /// Values that must equal a template where they are there; else it is the wrong page.
    let expected: [Expectation]
    let items: [ItemRule]
    let links: [LinkRule]
    let paging: PagingRule?
    let continuation: PagingRule?
    /// Where its name stands in the file.
    let place: RulePlace?

    /// A named value and what it must be.
    struct Expectation: Sendable {
        let value: String
        let template: Template
    }
}

extension PageKind {
    /// What a URL of this kind captures; nil when it is of another kind.
    func captures(of url: WebURL) -> [String: String]? {
        for pattern in patterns {
            if let captures = pattern.match(url) { return captures }
        }
        return nil
    }
}
