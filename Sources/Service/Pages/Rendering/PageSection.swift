/// The parts of the site, in the order in which they are named at the top of every page.
enum PageSection: String, CaseIterable, Sendable {
    case find, map, crawl

    var title: String {
        switch self {
        case .find: "Find"
        case .map: "Map"
        case .crawl: "Crawl"
        }
    }

    var address: String { self == .find ? "/" : "/\(rawValue)" }
}
