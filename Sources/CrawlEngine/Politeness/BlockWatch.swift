/// What the last pages of a host were like: one that is refused or reduced is that page's, several are a host that has had enough of us.
///
/// Sites that shed crawlers seldom say so; they answer 200 with an empty or shortened page, or 403 to everything.
public struct BlockWatch: Sendable, Hashable {
    /// What one page was like.
    public enum Read: Character, Sendable, Hashable {
        /// As it should be.
        case good = "g"
        /// Empty, cut off, or poorer than what is stored.
        case reduced = "p"
        /// 401, 403, 451, a login wall.
        case refused = "r"
    }

    /// Reads looked at.
    public static let window = 5
    /// Reduced pages of these that count as a block.
    public static let reducedLimit = 3
    /// Refused pages in a row that count as a block.
    public static let refusedLimit = 3

    private var reads: [Read]

    /// Goes on from what is remembered; unknown letters are skipped.
    public init(remembering text: String = "") {
        reads = text.compactMap(Read.init).suffix(Self.window)
    }

    /// The last reads as letters, to be remembered.
    public var text: String { String(reads.map(\.rawValue)) }

    /// Takes note of a page.
    ///
    /// - Returns: Why the host counts as blocking us now; nil when it does not.
    public mutating func add(_ read: Read) -> String? {
        reads = (reads + [read]).suffix(Self.window)
        if reads.count(where: { $0 == .reduced }) >= Self.reducedLimit, read == .reduced {
            return "\(Self.reducedLimit) of its last \(reads.count) pages were empty or reduced"
        }
        if reads.suffix(Self.refusedLimit) == Array(repeating: .refused, count: Self.refusedLimit) {
            return "\(Self.refusedLimit) pages in a row were refused"
        }
        return nil
    }

    /// Takes back what was thought of the last `reads.count` pages, since storing them showed more, and looks at them again in their order.
    ///
    /// - Returns: Why the host counts as blocking us; nil when it does not.
    public mutating func revise(_ later: [Read]) -> String? {
        reads.removeLast(min(later.count, reads.count))
        return later.reduce(nil) { reason, read in add(read) ?? reason }
    }
}
