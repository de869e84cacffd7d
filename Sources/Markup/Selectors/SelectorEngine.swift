extension Selector {
    /// What answers a selector on an HTML page.
    public enum Engine: Sendable, Hashable {
        /// The compiled form, on the flat tree.
        case flat
        /// libxml2, on a tree of its own, for what the compiled form cannot say.
        case libxml2(reason: String)
    }
}
