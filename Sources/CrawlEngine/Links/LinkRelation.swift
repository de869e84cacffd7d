/// The `rel` attribute of a link.
public enum LinkRelation {
    /// The words of the attribute, in lower case; commas separate too, as many pages write them.
    static func words(_ rel: String?) -> Set<Substring> {
        Set((rel ?? "").lowercased().split { $0.isWhitespace || $0 == "," })
    }

    /// Whether the page asks not to follow the link.
    public static func isNofollow(_ rel: String?) -> Bool {
        // Most links have none.
        guard let rel, !rel.isEmpty else { return false }
        return words(rel).contains("nofollow")
    }
}
