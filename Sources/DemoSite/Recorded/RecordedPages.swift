public import Foundation

/// Recorded pages of real sites, by host and path.
public struct RecordedPages: Sendable {
    /// One recorded answer.
    struct Page: Sendable, Hashable {
        var file: String
        var status: Int
        var contentType: String
        var host: String
        /// Path and query as recorded.
        var target: String
        /// Higher is better: desktop before mobile, then newer before older.
        var preference: String
    }

    let directory: URL
    /// Host, then the normalised path and query.
    private(set) var pages: [String: [String: Page]] = [:]

    /// Reads `index.jsonl` in a folder. Of several recordings of one URL the newest desktop page is taken.
    ///
    /// - Throws: `.recordedPages` when there is no index.
    public init(directory: URL) throws(DemoSiteError) {
        self.directory = directory
        guard let data = try? Data(contentsOf: directory.appendingPathComponent("index.jsonl")) else {
            throw DemoSiteError(.recordedPages, "\(directory.path) has no readable index.jsonl")
        }
        for line in data.split(separator: 0x0A) {
            guard let record = try? JSONDecoder().decode(RecordedPageIndexLine.self, from: line),
                let page = record.page(in: directory)
            else { continue }
            let key = Self.key(page.target)
            if let known = pages[page.host]?[key], known.preference >= page.preference { continue }
            pages[page.host, default: [:]][key] = page
        }
    }

    /// How many different URLs are served.
    public var count: Int { pages.values.reduce(0) { $0 + $1.count } }

    /// All URLs, sorted.
    public var urls: [String] {
        pages.values.flatMap(\.values).map { "http://\($0.host)\($0.target)" }.sorted()
    }

    func page(host: String, target: String) -> Page? {
        guard let ofHost = pages[host] else { return nil }
        if let page = ofHost[Self.key(target)] { return page }
        // Any slug is accepted behind an entry's number.
        let parts = target.prefix { $0 != "?" }.split(separator: "/")
        guard parts.count == 3, ["anime", "manga"].contains(parts[0]) else { return nil }
        return ofHost["/\(parts[0])/\(parts[1])"]
    }

    func body(of page: Page) -> [UInt8]? {
        (try? Data(contentsOf: directory.appendingPathComponent(page.file))).map { [UInt8]($0) }
    }

    /// Escapes resolved, no slash at the end, and entries without their slug.
    private static func key(_ target: String) -> String {
        let (_, path, query) = RequestTarget.split(target)
        var parts = path.split(separator: "/")
        if query == nil, parts.count == 3, parts[0] == "anime", Int(parts[1]) != nil { parts.removeLast() }
        return "/" + parts.joined(separator: "/") + (query.map { "?\($0)" } ?? "")
    }
}
