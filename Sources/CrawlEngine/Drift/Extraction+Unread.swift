import CrawlDomain

extension Extraction {
    /// Whether a page that should give items was not understood: refused as a whole, or each of its items for what it lacks.
    var isUnread: Bool {
        if pageDrop != nil { return true }
        return items.isEmpty && drops.contains { Self.faults.contains($0.reason) }
    }

    private static let faults: Set<DropReason> = [.missingField, .invalidField, .schemaViolation]
}
