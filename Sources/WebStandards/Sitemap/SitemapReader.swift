/// Collects the entries of one document.
struct SitemapReader {
    private(set) var format: Sitemap.Format?
    private(set) var entries: [SitemapEntry] = []
    private(set) var isTruncated = false
    private(set) var hasRoot = false

    private let base: WebURL
    private let limits: SitemapLimits
    private var path: [String] = []
    /// How deep the element of the current entry lies; nil outside of entries.
    private var entryDepth: Int?
    private var text: [UInt8] = []
    private var draft = Draft()

    /// What has been read of the current entry.
    private struct Draft {
        var location: [UInt8]?
        var permalink: [UInt8]?
        var modified: String?
        var changeFrequency: String?
        var priority: Double?
    }

    private static let maximumDepth = 64

    init(base: WebURL, limits: SitemapLimits) {
        self.base = base
        self.limits = limits
    }

    /// Reads one address a line; other lines are left out.
    mutating func readLines(_ bytes: [UInt8]) {
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let word = XMLScanner.trimmed(line)
            guard word.count <= limits.locationBytes, let url = WebURL(bytes: Array(word)), url.isHTTP else { continue }
            format = .text
            guard entries.count < limits.entries else {
                isTruncated = true
                return
            }
            entries.append(SitemapEntry(location: url))
        }
    }

    mutating func readMarkup(_ bytes: [UInt8]) {
        var scanner = XMLScanner(bytes)
        while !isTruncated, let token = scanner.next() {
            switch token {
            case .start(let name, let isEmpty):
                start(name, scanner)
                if isEmpty { end(name) }
            case .end(let name): end(name)
            case .text(let content): if text.count <= limits.locationBytes { text += content }
            case .doctype: break
            }
            if hasRoot, format == nil { return }
        }
        if !path.isEmpty { isTruncated = true }
    }

    private mutating func start(_ name: String, _ scanner: XMLScanner) {
        if !hasRoot {
            hasRoot = true
            format = Self.format(ofRoot: name)
        }
        text.removeAll(keepingCapacity: true)
        guard path.count < Self.maximumDepth else {
            isTruncated = true
            return
        }
        if name == entryName { startEntry() }
        path.append(name)
        guard let entryDepth, path.count == entryDepth + 1 else { return }
        switch (format, name) {
        case (.atom, "link"):
            let relation = scanner.attribute("rel").map { String(decoding: $0, as: UTF8.self) } ?? "alternate"
            if relation == "alternate", draft.location == nil { draft.location = scanner.attribute("href") }
        case (.rss, "guid") where scanner.attribute("isPermaLink")?.elementsEqual("false".utf8) != true:
            draft.permalink = []
        default: break
        }
    }

    /// An entry directly inside another one means that the other was not closed.
    private mutating func startEntry() {
        if let entryDepth, path.count == entryDepth {
            finishEntry()
            path.removeLast()
        }
        if entryDepth == nil {
            entryDepth = path.count + 1
            draft = Draft()
        }
    }

    /// Ends `name` and all that was left open inside it; an end without a start is ignored.
    private mutating func end(_ name: String) {
        guard let index = path.lastIndex(of: name) else { return }
        path.removeSubrange((index + 1)...)
        if let entryDepth, path.count == entryDepth + 1 { take(name) }
        path.removeLast()
        if let entryDepth, path.count < entryDepth { finishEntry() }
        text.removeAll(keepingCapacity: true)
    }

    private mutating func take(_ name: String) {
        let content = XMLScanner.trimmed(text[...])
        guard !content.isEmpty else { return }
        switch name {
        case "loc" where format == .urlSet || format == .index: draft.location = Array(content)
        case "link" where format == .rss: draft.location = Array(content)
        case "guid" where draft.permalink != nil: draft.permalink = Array(content)
        case "lastmod", "updated", "pubDate", "date": draft.modified = String(decoding: content, as: UTF8.self)
        case "published" where draft.modified == nil: draft.modified = String(decoding: content, as: UTF8.self)
        case "changefreq": draft.changeFrequency = Self.frequency(content)
        case "priority":
            draft.priority = Double(String(decoding: content, as: UTF8.self)).flatMap {
                (0...1).contains($0) ? $0 : nil
            }
        default: break
        }
    }

    private mutating func finishEntry() {
        defer {
            draft = Draft()
            entryDepth = nil
        }
        guard let written = draft.location ?? draft.permalink, !written.isEmpty, written.count <= limits.locationBytes,
            let url = WebURL(bytes: written, base: base), url.isHTTP
        else { return }
        guard entries.count < limits.entries else {
            isTruncated = true
            return
        }
        var entry = SitemapEntry(location: url)
        entry.lastModified = draft.modified.flatMap { W3CDateTime.parse($0) ?? HTTPDate.parse($0) }
        entry.changeFrequency = draft.changeFrequency
        entry.priority = draft.priority
        entries.append(entry)
    }

    private var entryName: String? {
        switch format {
        case .urlSet: "url"
        case .index: "sitemap"
        case .rss: "item"
        case .atom: "entry"
        case .text, nil: nil
        }
    }

    private static func format(ofRoot name: String) -> Sitemap.Format? {
        switch name {
        case "urlset": .urlSet
        case "sitemapindex": .index
        case "rss", "RDF": .rss
        case "feed": .atom
        default: nil
        }
    }

    private static func frequency(_ content: ArraySlice<UInt8>) -> String? {
        let word = String(decoding: content.map(\.lowercasedASCII), as: UTF8.self)
        let known: Set = ["always", "hourly", "daily", "weekly", "monthly", "yearly", "never"]
        return known.contains(word) ? word : nil
    }
}
