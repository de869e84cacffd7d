import CrawlDomain

extension Extraction {
    /// Whether a page that should give items was not understood: refused as a whole, or an item for what it lacks.
    ///
    /// - Parameter main: What such a page gives in the first place: with one of these at fault, the others do not make it understood. Nil
    ///   where that is not known; then all items must be.
    func isUnread(main: ItemType?) -> Bool {
        if pageDrop != nil { return true }
        return drops.contains { drop in
            Self.faults.contains(drop.reason) && (items.isEmpty || main != nil && drop.type == main)
        }
    }

    private static let faults: Set<DropReason> = [.missingField, .invalidField, .schemaViolation]
}
