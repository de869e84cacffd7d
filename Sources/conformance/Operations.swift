import WebStandards

/// What a suite asks for by name.
typealias Operation = @Sendable (Input) throws -> JSONValue

/// All operations; each group has a file of its own and is added here.
enum Operations {
    static let all: [String: Operation] = [
        url, robots, http, cron, sitemap, markup, links, crawling,
    ].reduce(into: [:]) {
        all, group in
        all.merge(group) { first, _ in first }
    }
}
