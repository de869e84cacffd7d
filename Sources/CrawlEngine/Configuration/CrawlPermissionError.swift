import Foundation

/// A public host would be crawled without the operator's word, or by a spider that says nowhere what the site's terms are; says exactly what to
/// add.
public struct CrawlPermissionError: Error, Sendable, CustomStringConvertible {
    /// What to add to the configuration, to be copied.
    public let description: String

    /// What is missing; nil when nothing is.
    ///
    /// - Parameter lacksUserKey: Whether names are to be hashed and there is no secret to do it with, which is told too.
    init?(spider: Spider, configuration: Configuration, lacksUserKey: Bool, now: Date) {
        var missing: [String] = []
        if configuration.contact == nil {
            missing.append(
                "contact: mailto:you@example.org   # how the site's owner reaches you; sent with every request")
        }
        let reason = Self.objection(
            to: configuration.sites[spider.site]?.acknowledgedTerms, terms: spider.terms, now: now)
        if let reason {
            let place = spider.terms?.url.map { " at \($0)" } ?? ""
            missing.append(
                """
                sites:
                  \(spider.site):
                    acknowledged_terms: "YYYY-MM-DD"   # the day you read the terms\(place) and found that they allow this
                """)
            if !reason.isEmpty { missing.append(reason) }
        }
        // What nobody can read nobody has read.
        let lacksTerms = spider.terms?.url == nil
        guard !missing.isEmpty || lacksTerms else { return nil }
        let note = spider.terms?.note.map { "\nAbout its terms: \($0)" } ?? ""
        let api = spider.terms?.api.map { "\nIts official API is the preferred source: \($0)" } ?? ""
        description = """
            \(spider.site) is a public site and is not crawled before you say so.\(note)\(api)
            \([
                lacksTerms ? Self.terms(spider) : nil,
                missing.isEmpty ? nil : "Add to the configuration file:\n\n" + missing.joined(separator: "\n"),
                lacksUserKey ? Self.userKey : nil,
            ].compactMap(\.self).joined(separator: "\n\n"))
            """
    }

    private static func terms(_ spider: Spider) -> String {
        let host = spider.hosts.first { !$0.isLocal }
        return """
            Add to its spider, \(spider.site).yaml:

            terms:
              url: https://\(host?.description ?? "the site")/terms   # where you read them
            """
    }

    private static let userKey = """
        And to the environment, as people's names are stored hashed:

        ANIMEMATCHER_USER_KEY=…   # a secret of your own of at least 16 characters
        """

    /// Why an acknowledgement does not count, an empty text when there is none; nil when it does count.
    private static func objection(to day: CalendarDay?, terms: Spider.Terms?, now: Date) -> String? {
        guard let day else { return "" }
        if day.isFuture(at: now) {
            return "The acknowledged_terms that stand there, \(day), are a day that has not come."
        }
        guard let changed = terms?.changed, day < changed else { return nil }
        return "The acknowledged_terms that stand there, \(day), are older than the terms, which changed on \(changed)."
    }
}
