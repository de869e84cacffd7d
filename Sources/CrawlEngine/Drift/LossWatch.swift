/// Tells pages that a host has reduced from whole ones of which the spider no longer finds much.
///
/// Sites that shed crawlers shorten their pages. A page about as long as it was that lacks what the one before lacked is in a template that
/// the spider does not know: that is for the drift alarm, and the host is well.
struct LossWatch: Sendable {
    /// What the last refused page of each kind lacked.
    private var last: [String: Set<String>] = [:]

    /// What a page is like whose item was refused.
    ///
    /// - Parameters:
    ///   - fields: What the stored item would have lost.
    ///   - kind: The kind of page.
    ///   - isShorter: Whether the page is much shorter than it was; nil where that is not known.
    mutating func read(lost fields: Set<String>, kind: String, isShorter: Bool?) -> BlockWatch.Read {
        defer { last[kind] = fields }
        guard isShorter == false, let before = last[kind] else { return .reduced }
        return 2 * fields.intersection(before).count >= fields.union(before).count ? .good : .reduced
    }
}
