import CrawlDomain

extension Spider {
    /// The kinds of pages that are about one person, so that their address names the person.
    public var personalPages: Set<String> {
        Set(pages.filter { page in page.items.contains { $0.type == .user } }.map(\.name))
    }
}
