/// Which items are counted together: those of one type on one kind of page.
public struct StatisticsKey: Sendable, Hashable {
    /// The spider's name for the kind of page.
    public let page: String
    /// What the items describe.
    public let type: ItemType

    /// Makes a key.
    public init(page: String, type: ItemType) {
        self.page = page
        self.type = type
    }
}

/// What the items of one type on one kind of page had, on one day.
public struct PageStatistics: Sendable, Hashable {
    /// The spider's site.
    public let site: String
    /// Which items.
    public let key: StatisticsKey
    /// The day, UTC: "2026-01-31".
    public let day: String
    /// By field; members of the objects of a list as "list/score". ``itemField`` stands for the item itself.
    public var fields: [String: FieldStatistics]

    /// Items looked at, as well as it is known: of the field that most of them have.
    public var items: Double {
        // Of the objects of a list there may be many to an item.
        fields.reduce(0) { $1.key.contains("/") ? $0 : max($0, $1.value.filling.items) }
    }

    /// The name under which is counted whether a page gave its item at all.
    public static let itemField = "(item)"

    /// Makes statistics.
    public init(site: String, key: StatisticsKey, day: String, fields: [String: FieldStatistics] = [:]) {
        self.site = site
        self.key = key
        self.day = day
        self.fields = fields
    }
}
