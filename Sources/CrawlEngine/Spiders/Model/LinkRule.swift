/// Which links of a page are followed.
struct LinkRule: Sendable {
    /// Where links come from.
    enum Origin: Sendable {
        case found([FieldAlternative])
        /// Addresses in the items the page gave.
        case items(JSONPath)
        case made(Template)
    }

    let origin: Origin
    /// The page kind it leads to; nil leaves that to the URL.
    let page: String?
    let priority: Int
    let condition: Condition?
    /// Items the page must have given.
    let minimumItems: Int
    /// What around a link tells of the state of its page; none where the list tells nothing.
    let signal: [FieldAlternative]
    /// Where it stands in the file.
    let place: RulePlace?
}

/// The next page of a list, asked for only while pages are full: the link to a next page is often there on the last one too.
struct PagingRule: Sendable {
    /// What is counted.
    let rows: FieldAlternative
    /// Rows of a full page.
    let full: Int
    /// The URL to put the parameter into; the page's own when nil.
    let url: Template?
    /// The query parameter that says where a page starts.
    let parameter: String
    /// What is added to it from page to page.
    let step: Int
    /// Its value on the first page, where it is left out.
    let first: Int
    /// The page kind of the next page.
    let page: String
    let priority: Int
    let condition: Condition?
    /// Where it stands in the file.
    let place: RulePlace?
}
