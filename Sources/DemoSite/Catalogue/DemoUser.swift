/// A fictional member and their list.
public struct DemoUser: Sendable, Hashable, Identifiable {
    /// The member's number.
    public var id: Int
    /// The name in `/profile/<name>`.
    public var name: String
    /// Whether nobody else may see the list.
    public var isPrivate: Bool
    /// The day the member joined.
    public var joined: CivilDate
    /// Keys of the one to three themes the member likes.
    public var tastes: [String]
    /// Names of other members.
    public var friends: [String]
    /// The list, in the order of the pages.
    public var rows: [DemoListRow]
}

/// One row of a member's list.
public struct DemoListRow: Sendable, Hashable {
    /// What the member does with the entry; raw values are those of the site's lists.
    public enum Status: Int, Sendable, Hashable, CaseIterable {
        case watching = 1
        case completed = 2
        case onHold = 3
        case dropped = 4
        case planToWatch = 6
    }

    /// The entry.
    public var animeID: Int
    /// What the member does with it.
    public var status: Status
    /// 1 to 10, 0 when not scored.
    public var score: Int
    /// Episodes seen.
    public var watchedEpisodes: Int
    /// Whether the member is watching it again.
    public var isRewatching: Bool
    /// Free text.
    public var tags: String
    /// The first day, if noted.
    public var started: CivilDate?
    /// The last day, if noted.
    public var finished: CivilDate?
    /// Seconds since 1970.
    public var updatedAt: Int
}
