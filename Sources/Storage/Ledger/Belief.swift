import CrawlDomain

/// What may be believed in one batch of what was read again after a while.
struct Belief {
    /// The sites that drift: nothing is.
    var held: Set<String> = []
    /// Of how many pages a loss may be, by site; none of a site that is not named.
    private(set) var left: [String: Int] = [:]
    /// Of how many it was.
    private(set) var spent: [String: Int] = [:]

    init(held: Set<String> = [], left: [String: Int] = [:]) { (self.held, self.left) = (held, left) }

    /// Whether values may be.
    func mayBelieve(_ key: String) -> Bool { !held.contains(Self.site(of: key)) }

    /// Whether what a page has lost may be: not where the page is about as long as it was, for then the spider does not find things.
    func mayBelieveLoss(of item: Item) -> Bool {
        mayBelieve(item.key) && item.isFromShorterPage && left[Self.site(of: item.key)] ?? 0 > 0
    }

    /// Takes note that a loss was believed.
    mutating func spend(on key: String) {
        left[Self.site(of: key), default: 0] -= 1
        spent[Self.site(of: key), default: 0] += 1
    }

    /// A key begins with its site and a colon.
    static func site(of key: String) -> String { String(key.prefix { $0 != ":" }) }
}
