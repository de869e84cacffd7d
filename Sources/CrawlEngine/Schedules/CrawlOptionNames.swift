/// The options of `animematcher crawl` that a schedule may give, without dashes.
///
/// A test holds them against the command's own help: an option that is added there is added here.
enum CrawlOptionNames {
    static let known = ["start", "limit"]

    /// The option that a key of a file means: `max_time` and `max-time` are one.
    static func name(of key: String) -> String? {
        let name = key.replacing("_", with: "-")
        return known.contains(name) ? name : nil
    }
}
