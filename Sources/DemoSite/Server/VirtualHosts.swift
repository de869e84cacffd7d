/// The names that a catalogue is spread over, and which of them is home to which page.
///
/// A page asked of another name than its home's is answered with a redirect there; what has no home (robots.txt, the front page)
/// every name has.
public struct VirtualHosts: Sendable, Hashable {
    /// The names, without a port.
    public let names: [String]

    /// Spreads over these names; an empty list spreads nothing.
    public init(_ names: [String]) { self.names = names }

    /// `h0.demo.test`, `h1.demo.test` … .
    public init(count: Int) { self.init((0..<max(0, count)).map { "h\($0).demo.test" }) }

    /// The name that a path and query are at home under; nil where every name has them.
    func home(of target: String) -> String? {
        guard !names.isEmpty, let number = subject(of: target) else { return nil }
        return names[Int(number % UInt64(names.count))]
    }

    /// An entry's pages stay together, and so do a member's; lists are spread page by page.
    private func subject(of target: String) -> UInt64? {
        let (_, path, query) = RequestTarget.split(target)
        let parts = path.split(separator: "/")
        func page(_ parameter: String, size: Int) -> UInt64? {
            let value = RequestTarget.parameters(query).last { $0.name == parameter }?.value ?? "0"
            return Int(value).flatMap { $0 < 0 ? nil : UInt64($0 / size) }
        }
        switch parts.first {
        case "anime" where parts.count > 1: return UInt64(parts[1])
        case "profile" where parts.count > 1, "animelist" where parts.count > 1:
            return StableHash.of(parts[1].lowercased())
        case "topanime.php": return page("limit", size: RankingPage.pageSize)
        case "users.php": return page("show", size: UsersPage.pageSize)
        default: return nil
        }
    }
}
