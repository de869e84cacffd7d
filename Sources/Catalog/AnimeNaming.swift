import WebStandards

/// Gives every group of entries its `_id`.
public enum AnimeNaming {
    /// The title a group is known by, before collisions are resolved.
    public static func title(of group: [CatalogEntry]) -> String { Anime.mainEntry(of: group)?.title ?? "" }

    /// A name for a group whose title `taken` already holds: "Title (1998)", else "Title (myanimelist:5114)".
    ///
    /// The key makes the last one unique, since an entry is in one group only.
    public static func name(for group: [CatalogEntry], taken: (String) -> Bool) -> String {
        let title = title(of: group)
        guard taken(title), let main = Anime.mainEntry(of: group) else { return title }
        if let year = main.airedFrom?.prefix(4), !taken("\(title) (\(year))") { return "\(title) (\(year))" }
        return "\(title) (\(main.key))"
    }

    /// Every name that a group may get.
    public static func candidates(for groups: [[CatalogEntry]]) -> [String] {
        groups.flatMap { group -> [String] in
            let title = title(of: group)
            guard let main = Anime.mainEntry(of: group) else { return [] }
            return [title, "\(title) (\(main.key))"] + (main.airedFrom.map { ["\(title) (\($0.prefix(4)))"] } ?? [])
        }
    }

    /// Names groups among themselves: of those with one title, the one whose main entry's key comes first keeps it bare.
    ///
    /// - Parameter others: Names held by anime that stay as they are.
    public static func names(of groups: [[CatalogEntry]], taken others: Set<String> = []) -> [String] {
        var taken = others
        var names = [String](repeating: "", count: groups.count)
        let order = groups.indices.sorted { mainKey(groups[$0]) < mainKey(groups[$1]) }
        for index in order {
            names[index] = name(for: groups[index]) { taken.contains($0) }
            taken.insert(names[index])
        }
        return names
    }

    private static func mainKey(_ group: [CatalogEntry]) -> (String, Int64, String) {
        let main = Anime.mainEntry(of: group)
        return (main?.site ?? "", main?.id.intValue ?? 0, main?.key ?? "")
    }
}
