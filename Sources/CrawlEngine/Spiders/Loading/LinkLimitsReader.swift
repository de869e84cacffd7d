import CrawlDomain

/// Reads a spider's `limits`.
enum LinkLimitsReader {
    /// The limits; defaults for what is not said.
    static func read(_ node: YAMLNode?) -> LinkLimits {
        var limits = LinkLimits()
        guard let map = node?.map() else { return limits }
        defer { map.close() }
        func take(_ key: String, _ range: ClosedRange<Int>, _ path: WritableKeyPath<LinkLimits, Int>) {
            if let value = map.take(key)?.int(in: range) { limits[keyPath: path] = value }
        }
        take("depth", 1...1_000_000, \.depth)
        take("url_length", 64...65_536, \.urlLength)
        take("path_segments", 1...1_000, \.pathSegments)
        take("repeats", 1...1_000, \.repeats)
        take("parameters", 0...1_000, \.parameters)
        take("offset", 0...Int(Int32.max), \.offset)
        take("years_ahead", 0...10_000, \.yearsAhead)
        take("years_back", 0...10_000, \.yearsBack)
        take("urls_per_host", 1...1_000_000_000, \.budgets.urlsPerHost)
        take("urls_per_path", 1...1_000_000_000, \.budgets.urlsPerPath)
        take("new_urls_per_day", 1...1_000_000_000, \.budgets.newURLsPerDay)
        limits.stripsSessionIDs = map.take("session_ids")?.choice(of: SessionIDs.self).map { $0 == .strip } ?? true
        return limits
    }

    private enum SessionIDs: String, CaseIterable { case strip, keep }
}
