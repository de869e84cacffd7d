import Foundation

/// One line of `index.jsonl`.
struct RecordedPageIndexLine: Decodable {
    let file: String
    let site: String
    let kind: String
    let date: String?
    let layout: String?
    let url: String?
    let status: Int?
    let malID: Int?
    let headers: [String: RecordedHeader]?

    enum CodingKeys: String, CodingKey {
        case file, site, kind, date, layout, url, status, headers
        case malID = "mal_id"
    }

    /// The page, nil when nothing says at which URL it was.
    func page(in directory: URL) -> RecordedPages.Page? {
        guard !file.split(separator: "/").contains(".."), let address = address(in: directory) else { return nil }
        let rank = layout == "desktop" ? 3 : layout == "desktop?" ? 2 : layout == nil ? 1 : 0
        return RecordedPages.Page(
            file: file, status: status ?? (kind == "404" ? 404 : 200), contentType: contentType, host: address.host,
            target: address.target, preference: "\(rank) \(date ?? "") \(file)")
    }

    private var contentType: String {
        let recorded = headers?.first { $0.key.lowercased() == "content-type" }?.value.text
        if let recorded, recorded.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return recorded }
        if file.hasSuffix(".json") { return "application/json" }
        return file.hasSuffix(".xml") ? "text/xml; charset=UTF-8" : "text/html; charset=UTF-8"
    }

    private func address(in directory: URL) -> (host: String, target: String)? {
        if let url { return Self.split(url) }
        guard site == "myanimelist" else { return nil }
        if kind == "anime", let malID { return ("myanimelist.net", "/anime/\(malID)") }
        return Self.statedAddress(directory.appendingPathComponent(file))
    }

    /// Pages say their own URL: `link rel=canonical`, or `og:url`.
    private static func statedAddress(_ file: URL) -> (host: String, target: String)? {
        guard let data = try? Data(contentsOf: file) else { return nil }
        let head = String(decoding: data.prefix(30_000), as: UTF8.self)
        for mark in ["rel=\"canonical\" href=\"", "property=\"og:url\" content=\""] {
            guard let start = head.firstRange(of: mark)?.upperBound else { continue }
            let url = head[start...].prefix { $0 != "\"" && !$0.isNewline }
            if let address = split(String(url).replacing("&amp;", with: "&")), address.target != "/" { return address }
        }
        return nil
    }

    private static func split(_ url: String) -> (host: String, target: String)? {
        let rest = url.hasPrefix("https://") ? url.dropFirst(8) : url.hasPrefix("http://") ? url.dropFirst(7) : ""
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        guard !host.isEmpty else { return nil }
        let target = rest.dropFirst(host.count).prefix { $0 != "#" }
        return (host.lowercased(), target.hasPrefix("/") ? String(target) : "/\(target)")
    }
}

/// A header value: a text, or a list of texts.
struct RecordedHeader: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else {
            text = (try? container.decode([String].self))?.first ?? ""
        }
    }
}
