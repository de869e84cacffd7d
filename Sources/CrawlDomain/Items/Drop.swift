/// Why a page or an item was not stored; bounded, so it can label a metric.
public enum DropReason: String, Sendable, Hashable, Codable, CaseIterable {
    // The page as a whole.
    case emptyPage = "empty_page"
    case notHTML = "not_html"
    case notJSON = "not_json"
    case notSitemap = "not_sitemap"
    case truncatedPage = "truncated_page"
    case unknownPage = "unknown_page"
    case wrongPage = "wrong_page"
    case notFound = "not_found"
    case gone
    case loginWall = "login_wall"
    case captcha
    case blocked
    case unavailable
    case noindex
    case nothingFound = "nothing_found"
    // One item of a page.
    case privateList = "private_list"
    case missingField = "missing_field"
    case invalidField = "invalid_field"
    case schemaViolation = "schema_violation"
    case duplicate
    case poorerThanStored = "poorer_than_stored"
    /// It adds to a document that is not stored.
    case nothingToAddTo = "nothing_to_add_to"
    /// One value of an item: it is kept apart, see `Quarantine`.
    case implausible
    case tooLarge = "too_large"
    /// The person it is about, or by, asked to be forgotten.
    case forgotten
    /// A list whose newest date is older than the operator keeps any.
    case inactive
}

/// One page or item that was left out, and why.
public struct Drop: Sendable, Hashable {
    /// The bounded reason.
    public let reason: DropReason
    /// The item's type when one item was dropped, nil when the whole page was.
    public let type: ItemType?
    /// The item's key, where it was known.
    public let key: String?
    /// One line that names the field and the expected form.
    public let detail: String
    /// The fields it is about, where one that is stored would lose them.
    public let fields: [String]

    /// Makes a drop.
    public init(
        _ reason: DropReason, type: ItemType? = nil, key: String? = nil, detail: String, fields: [String] = []
    ) {
        self.reason = reason
        self.type = type
        self.key = key
        self.detail = detail
        self.fields = fields
    }
}
