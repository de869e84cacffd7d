public import CrawlDomain
public import WebStandards

/// What must come of one fixture page: a line of a site's `expected.jsonl`.
public struct PageExpectation: Sendable, Hashable {
    /// The page's file, beside `expected.jsonl`.
    public let file: String
    /// The URL it was at.
    public let url: WebURL
    /// The HTTP status it was answered with.
    public let status: Int
    /// The Content-Type it was answered with; nil for none.
    public let contentType: String?
    /// The page kind that reads it; nil where none does.
    public let page: String?
    /// The items, with all fields that are not empty.
    public let items: [JSONObject]
    /// "page priority url" for each link.
    public let links: [String]
    /// The reasons for which something is left out.
    public let drops: [String]
    /// Where the list goes on.
    public let continuation: String?

    /// What comes of a page as it is read now.
    public init(file: String, url: WebURL, status: Int, contentType: String?, found: Extraction) {
        self.file = file
        self.url = url
        self.status = status
        self.contentType = contentType
        page = found.page
        items = found.items.map(\.fields)
        links = found.links.map { "\($0.page) \($0.priority) \($0.url.href)" }
        drops = found.drops.map(\.reason.rawValue)
        continuation = found.continuation?.url.href
    }

    /// Reads a line.
    ///
    /// - Throws: A text that says which key is wrong and what is expected.
    init(_ row: JSONValue) throws(FixtureError) {
        guard let row = row.objectValue else { throw FixtureError("expected a JSON object") }
        for (key, _) in row where !Self.keys.contains(key) {
            throw FixtureError(Spelling.message("unknown key", key, expected: Self.keys))
        }
        func text(_ key: String) throws(FixtureError) -> String? {
            guard let value = row[key], value != .null else { return nil }
            guard let text = value.stringValue else { throw FixtureError("\(key): expected a text") }
            return text
        }
        func texts(_ key: String) throws(FixtureError) -> [String] {
            guard let value = row[key] else { return [] }
            guard let list = value.arrayValue, list.allSatisfy({ $0.stringValue != nil }) else {
                throw FixtureError("\(key): expected a list of texts")
            }
            return list.compactMap(\.stringValue)
        }
        guard let file = try text("file"), FixtureFolder.isName(file) else {
            throw FixtureError("file: expected the name of a file in this folder, such as anime.html")
        }
        guard let url = try text("url").flatMap({ WebURL($0) }), url.isHTTP else {
            throw FixtureError("url: expected an address such as https://example.org/page")
        }
        let status = row["status"].map { $0.intValue ?? 0 } ?? 200
        guard (100...999).contains(status) else {
            throw FixtureError("status: expected an HTTP status such as 200")
        }
        let items = row["items"].map { $0.arrayValue ?? [.null] } ?? []
        guard items.allSatisfy({ $0.objectValue != nil }) else {
            throw FixtureError("items: expected a list of objects")
        }
        (self.file, self.url, self.status) = (file, url, Int(status))
        contentType = try text("content_type")
        page = try text("page")
        self.items = items.compactMap(\.objectValue)
        links = try texts("links")
        drops = try texts("drops")
        continuation = try text("continuation")
    }

    private static let keys = [
        "file", "url", "status", "content_type", "page", "items", "links", "drops", "continuation",
    ]

    /// The line as it is written.
    public var line: String {
        var row: JSONObject = ["file": .string(file), "url": .string(url.href), "status": .int(Int64(status))]
        if let contentType { row["content_type"] = .string(contentType) }
        row["page"] = page.map(JSONValue.string) ?? .null
        row["items"] = .array(items.map(JSONValue.object))
        row["links"] = .array(links.map(JSONValue.string))
        row["drops"] = .array(drops.map(JSONValue.string))
        row["continuation"] = continuation.map(JSONValue.string) ?? .null
        return JSONValue.object(row).serialized()
    }
}
