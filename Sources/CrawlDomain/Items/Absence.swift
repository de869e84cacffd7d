public import Foundation

/// An item whose page says that there is none.
public struct AbsentItem: Sendable, Hashable {
    /// What it was.
    public let type: ItemType
    /// Its key.
    public let key: String
    /// Whether its owner has made it private: it goes at once.
    public let isPrivate: Bool

    /// Makes an absent item.
    public init(type: ItemType, key: String, isPrivate: Bool) {
        self.type = type
        self.key = key
        self.isPrivate = isPrivate
    }
}

/// How often and since when an item's page has said that there is none.
public struct Absence: Sendable, Hashable {
    /// When it said so first.
    public let firstSeen: Date
    /// How many visits have heard it.
    public let visits: Int

    /// An item goes when a visit so long after the first hears it again: sites lose pages for hours, and find them.
    public static let patience: TimeInterval = 36 * 3_600

    /// Makes an absence.
    public init(firstSeen: Date, visits: Int = 1) {
        self.firstSeen = firstSeen
        self.visits = visits
    }

    /// Hears it once more.
    public func confirmed(at now: Date) -> Absence { Absence(firstSeen: min(firstSeen, now), visits: visits + 1) }

    /// Whether the item may be deleted.
    public func isCertain(at now: Date) -> Bool { visits >= 2 && now.timeIntervalSince(firstSeen) >= Self.patience }
}
