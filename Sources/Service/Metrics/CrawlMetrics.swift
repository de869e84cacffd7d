import CrawlDomain
import Foundation
import Storage

/// What crawls have done, in whatever process they ran: sums over the runs that the database has of each site.
struct CrawlMetrics: Sendable {
    let sites: [SiteMeasures]

    /// Values of one label of a site at most; rarer ones are added up as "other".
    private static let mostValues = 40

    var families: [MetricFamily] {
        counters + [
            .init(
                "animematcher_frontier_urls", "URLs known, by site and state.", .gauge,
                sites.flatMap { site in
                    site.urls.sorted { $0.key.rawValue < $1.key.rawValue }.map { state, count in
                        .init(labels: [("site", site.site), ("state", state.rawValue)], value: Double(count))
                    }
                }),
            .init(
                "animematcher_crawl_last_finished_timestamp_seconds", "When the last crawl of a site came to its end.",
                .gauge,
                sites.compactMap { site in
                    site.totals.finishedAt.map {
                        .init(labels: [("site", site.site)], value: $0.timeIntervalSince1970)
                    }
                }),
            answers,
        ]
    }

    private var counters: [MetricFamily] {
        [
            total("pages", "Pages answered.", \.pages),
            total("not_modified", "Pages answered that had not changed (304).", \.notModified),
            total("bytes", "Bytes of decoded bodies.", \.bytes),
            total("links_added", "URLs new to the frontier.", \.linksAdded),
            total("retries", "URLs to be asked again after a failure.", \.retries),
            total("dead", "URLs given up.", \.dead),
            total("disallowed", "URLs that robots.txt forbids.", \.disallowed),
            table("answers", "Answers by class of HTTP status.", "class", \.statuses),
            table("drops", "Items and pages dropped, by reason.", "reason", \.drops),
            table("errors", "Failures by code.", "code", \.errors),
            table("refused_links", "Links not followed, by reason.", "reason", \.refused),
            .init(
                "animematcher_crawl_items_total", "Items found, by what became of them.", .counter,
                sites.flatMap { site -> [MetricFamily.Sample] in
                    let counters = site.totals.counters
                    let results = [
                        ("inserted", counters.inserted), ("updated", counters.updated),
                        ("unchanged", counters.unchanged),
                    ]
                    return results.map { result, count in
                        MetricFamily.Sample(labels: [("site", site.site), ("result", result)], value: Double(count))
                    }
                }),
            .init(
                "animematcher_crawl_wait_seconds_total",
                "Time for which requests waited for their turn: delays, budgets, shared turns.", .counter,
                sites.map {
                    .init(labels: [("site", $0.site)], value: Double($0.totals.counters.waitMilliseconds) / 1_000)
                }),
        ]
    }

    /// How long sites took to answer.
    private var answers: MetricFamily {
        .init(
            "animematcher_crawl_answer_duration_seconds", "Time from a request to the end of its answer, by site.",
            .histogram,
            sites.flatMap { site -> [MetricFamily.Sample] in
                let counters = site.totals.counters
                var below = 0
                var samples = CrawlCounters.answerBounds.map { bound in
                    below += counters.answers["\(bound)"] ?? 0
                    return MetricFamily.Sample(
                        suffix: "_bucket", labels: [("site", site.site), ("le", "\(Double(bound) / 1_000)")],
                        value: Double(below))
                }
                let count = Double(below + (counters.answers["more"] ?? 0))
                samples.append(.init(suffix: "_bucket", labels: [("site", site.site), ("le", "+Inf")], value: count))
                let seconds = Double(counters.answerMilliseconds) / 1_000
                samples.append(.init(suffix: "_sum", labels: [("site", site.site)], value: seconds))
                samples.append(.init(suffix: "_count", labels: [("site", site.site)], value: count))
                return samples
            })
    }

    private func total(_ name: String, _ help: String, _ path: KeyPath<CrawlCounters, Int>) -> MetricFamily {
        .init(
            "animematcher_crawl_\(name)_total", help, .counter,
            sites.map { .init(labels: [("site", $0.site)], value: Double($0.totals.counters[keyPath: path])) })
    }

    private func table(
        _ name: String, _ help: String, _ label: String, _ path: KeyPath<CrawlCounters, [String: Int]>
    ) -> MetricFamily {
        .init(
            "animematcher_crawl_\(name)_total", help, .counter,
            sites.flatMap { site -> [MetricFamily.Sample] in
                // Those that came first in the alphabet stay; which are "other" must not change with their numbers.
                let rows = site.totals.counters[keyPath: path].sorted { $0.key < $1.key }
                let others = rows.dropFirst(Self.mostValues).reduce(0) { $0 + $1.value }
                let shown = rows.prefix(Self.mostValues).map { ($0.key, $0.value) }
                return (others > 0 ? shown + [("other", others)] : shown).map { name, count in
                    MetricFamily.Sample(labels: [("site", site.site), (label, name)], value: Double(count))
                }
            })
    }
}
