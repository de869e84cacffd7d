import Testing

@testable import Service

@Suite
struct MetricTests {
    @Test("the text is Prometheus's, whatever stands in a label")
    func text() {
        let family = MetricFamily(
            "animematcher_x_total", "One\nline \\ more.", .counter,
            [.init(labels: [("site", "a\"b\\c\nd")], value: 3), .init(value: 0.5), .init(value: .infinity)])
        #expect(
            family.text == """
                # HELP animematcher_x_total One\\nline \\\\ more.
                # TYPE animematcher_x_total counter
                animematcher_x_total{site="a\\"b\\\\c\\nd"} 3
                animematcher_x_total 0.5
                animematcher_x_total +Inf

                """)
    }

    @Test("each bucket holds those below it, and the last one all")
    func buckets() throws {
        var histogram = LatencyHistogram()
        for seconds in [0.0005, 0.001, 0.02, 7, 60] { histogram.add(seconds) }
        let samples = histogram.samples([])
        let values = Dictionary(
            uniqueKeysWithValues: samples.map { ("\($0.suffix) \($0.labels.last?.value ?? "")", $0.value) })
        #expect(values["_bucket 0.001"] == 2 && values["_bucket 0.01"] == 2 && values["_bucket 0.025"] == 3)
        #expect(values["_bucket 10.0"] == 4 && values["_bucket +Inf"] == 5 && values["_count "] == 5)
        #expect(try abs(#require(values["_sum "]) - 67.0215) < 1e-9)
    }

    @Test("methods that a client makes up are one series, and so are addresses that there are not")
    func bounded() {
        let metrics = RequestMetrics()
        for number in 0..<1_000 { metrics.record(route: nil, method: "M\(number)", status: 404, seconds: 0) }
        metrics.record(route: "/api/v1/index", method: "GET", status: 200, seconds: 0.1)
        let samples = metrics.families.flatMap(\.samples)
        #expect(samples.count { $0.suffix == "_count" } == 2)
        #expect(samples.first { $0.suffix == "_count" && $0.labels[0].value == "none" }?.value == 1_000)
    }

    @Test("published versions are told with their changes and how long they took")
    func indexing() {
        let metrics = IndexMetrics()
        metrics.record(changes: 40, seconds: 6.5)
        metrics.record(changes: 2, seconds: 0.3)
        let text = metrics.families.map(\.text).joined()
        #expect(text.contains("animematcher_index_update_duration_seconds_sum 6.8\n"))
        #expect(text.contains("animematcher_index_update_duration_seconds_bucket{le=\"0.5\"} 1\n"))
        #expect(text.contains("animematcher_index_changes_total 42\n"))
    }
}
