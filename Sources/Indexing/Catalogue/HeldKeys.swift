/// Which documents are of sites whose publication is held, by their keys: "demo:5114".
struct HeldKeys: Sendable, Hashable {
    let sites: Set<String>

    init(_ sites: Set<String>) { self.sites = sites }

    func contains(_ key: String) -> Bool {
        !sites.isEmpty && sites.contains(String(key.prefix { $0 != ":" }))
    }
}
