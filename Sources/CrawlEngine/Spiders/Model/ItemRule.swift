import CrawlDomain

/// How the items of one type are found on a page.
struct ItemRule: Sendable {
    let type: ItemType
    let condition: Condition?
    /// One item for each of these; one for the page when nil.
    let each: FieldAlternative?
    /// Named values for the key and the fields, found at each place; they are not stored.
    let values: [FieldRule]
    /// The item's `_id`.
    let key: Template
    let fields: [FieldRule]
    /// Where it stands in the file.
    let place: RulePlace?
    /// How much of its document the item speaks of.
    var extent: ItemExtent = .whole
}
