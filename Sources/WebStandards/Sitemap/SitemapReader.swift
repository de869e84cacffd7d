/// Collects the entries of one document.
struct SitemapReader {
    private(set) var format: Sitemap.Format?
    private(set) var entries: [SitemapEntry] = []
    private(set) var isTruncated = false
    private(set) var hasRoot = false
    private(set) var hasDocumentType = false
    private(set) var isWellFormed = true
    /// The namespace of the outermost element, as declared on it; empty when there is none.
    private(set) var namespace = ""

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

    /// Reads one address a line; other lines are left out, and the last one of a document that was cut.
    mutating func readLines(_ bytes: [UInt8], isCut: Bool) {
        let lines = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
        for line in isCut ? lines.dropLast() : lines[...] {
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
            // Where the document ends within an end tag, the text before it is complete.
            case .end(let name): end(scanner.isCut ? path.last ?? name : name)
            case .text(let content): if text.count <= limits.locationBytes { text += content }
            case .doctype: hasDocumentType = true
            }
            if scanner.isCut { isTruncated = true }
            if hasRoot, format == nil { return }
        }
        if !path.isEmpty { isTruncated = true }
        if isTruncated, entryDepth != nil { finishEntry() }
        isWellFormed = isWellFormed && !isTruncated && !scanner.hasMistake
    }

    private mutating func start(_ name: String, _ scanner: XMLScanner) {
        if !hasRoot {
            hasRoot = true
            format = Self.format(ofRoot: name)
            let declaration = scanner.attribute(scanner.prefix.isEmpty ? "xmlns" : scanner.prefix)
            namespace = String(decoding: (declaration ?? []).prefix(256), as: UTF8.self)
        }
        if !isInsideField { text.removeAll(keepingCapacity: true) }
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
            isWellFormed = false
            finishEntry()
            path.removeLast()
        }
        if entryDepth == nil {
            entryDepth = path.count + 1
            draft = Draft()
        }
    }

    /// Whether the current place is inside a field of an entry; some wrap an address in further elements.
    private var isInsideField: Bool { entryDepth.map { path.count > $0 } ?? false }

    /// Ends `name` and all that was left open inside it; an end without a start is ignored.
    private mutating func end(_ name: String) {
        guard let index = path.lastIndex(of: name) else {
            isWellFormed = false
            return
        }
        if index + 1 < path.count { isWellFormed = false }
        path.removeSubrange((index + 1)...)
        if let entryDepth, path.count == entryDepth + 1 { take(name) }
        if entryDepth == nil, path.count == 2, name == "loc" { takeBareLocation() }
        path.removeLast()
        if let entryDepth, path.count < entryDepth { finishEntry() }
        if !isInsideField { text.removeAll(keepingCapacity: true) }
    }

    /// An address that stands without an entry around it.
    private mutating func takeBareLocation() {
        guard format == .urlSet || format == .index else { return }
        take("loc")
        finishEntry()
    }

    private mutating func take(_ name: String) {
        let content = Self.trimmed(text[...])
        guard !content.isEmpty else { return }
        switch name {
        case "loc" where format == .urlSet || format == .index:
            if draft.location != nil { finishEntry(isLast: false) }
            draft.location = Array(content)
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

    private mutating func finishEntry(isLast: Bool = true) {
        defer {
            draft = Draft()
            if isLast { entryDepth = nil }
        }
        guard let written = draft.location ?? draft.permalink, !written.isEmpty, written.count <= limits.locationBytes,
            !(hasDocumentType && Self.hasReference(written)), let url = WebURL(bytes: written, base: entryBase),
            url.isHTTP
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

    /// Without white space at the ends, that of word processors included: no-break and figure spaces, byte order marks.
    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = XMLScanner.trimmed(text)
        while let space = spaces.first(where: { text.starts(with: $0) }) {
            text = XMLScanner.trimmed(text.dropFirst(space.count))
        }
        while let space = spaces.first(where: { text.suffix($0.count).elementsEqual($0) }) {
            text = XMLScanner.trimmed(text.dropLast(space.count))
        }
        return text
    }

    private static let spaces = ["\u{A0}", "\u{2007}", "\u{202F}", "\u{200B}", "\u{FEFF}"].map { Array($0.utf8) }

    /// Addresses of a sitemap are absolute; those of a feed may be relative.
    private var entryBase: WebURL? { format == .rss || format == .atom ? base : nil }

    /// Whether a reference to an entity is left, which only the document type could explain.
    private static func hasReference(_ text: [UInt8]) -> Bool {
        text.split(separator: UInt8(ascii: "&")).dropFirst(text.first == UInt8(ascii: "&") ? 0 : 1).contains { piece in
            let name = piece.prefix { $0 != UInt8(ascii: ";") }
            return name.count < piece.count && !name.isEmpty && name.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
        }
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
