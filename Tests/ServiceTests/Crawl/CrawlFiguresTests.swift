import CrawlDomain
import Foundation
import Synchronization
import Testing
import WebStandards

@testable import Service
@testable import Storage

@Suite struct CrawlFiguresTests {
    private func row(_ reason: String?, _ url: String = "http://h/", status: Int? = nil) -> FrontierRow {
        FrontierRow(url: url, page: "p", attempts: 1, reason: reason, status: status, visited: nil)
    }

    @Test("errors are gathered by their code, most frequent first, with a few URLs each")
    func errors() {
        let errors = ErrorKinds(
            retrying: [row("timeout: after 30 s"), row("timeout (after 31 s)")],
            dead: (0..<5).map { row("http_404", "http://h/\($0)") } + [row(nil, status: 410), row("")])
        #expect(errors.kinds.map(\.reason) == ["http_404", "timeout", "http_410", "unknown"])
        #expect(errors.kinds[0].samples == ["http://h/0", "http://h/1", "http://h/2"])
        #expect(errors.kinds[1].retrying == 2 && errors.kinds[1].dead == 0 && !errors.isCut)
    }

    @Test("a thousand kinds of errors and endless addresses are cut, and it is said")
    func cut() {
        let rows = (0..<ErrorKinds.mostRows).map { row("e\($0)", String(repeating: "u", count: 5_000)) }
        let errors = ErrorKinds(retrying: [], dead: rows)
        #expect(errors.isCut && errors.kinds.count == 12 && errors.kinds.allSatisfy { $0.samples[0].count == 300 })
    }

    @Test("hours are drawn to one scale, and told to who does not see them")
    func hours() {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        var hours = HourlyCounts(hours: 3, now: now)
        hours.add(1_200, at: now.addingTimeInterval(-3_600))
        hours.add(12, at: now)
        hours.add(7, at: now.addingTimeInterval(-4 * 3_600))
        hours.add(7, at: now.addingTimeInterval(3_600))
        #expect(hours.counts == [0, 1_200, 12] && hours.total == 1_212)
        let chart = HourlyChart("Pages", hours)
        #expect(chart.bars.map(\.height) == ["0.0", "48.0", "1.5"] && chart.bars.map(\.x) == ["0.0", "80.0", "160.0"])
        #expect(chart.bars.map(\.isNow) == [false, false, true])
        #expect(
            chart.summary
                == "Pages: 1,212 in the last 3 hours, 12 in this one, most at \(Wording.moment(hours.time(of: 1))) with 1,200"
        )
    }

    @Test("what is overdue is not fresh, whether a worker has noticed or not; what was never visited does not count")
    func freshness() {
        var census = FrontierCensus()
        #expect(census.freshShare == nil)
        census.add(90, host: "a", state: .done, turn: .thisWeek)
        census.add(5, host: "a", state: .done, turn: .past)
        census.add(5, host: "a", state: .due, turn: .longAgo)
        census.add(1_000, host: "b", state: .due, turn: .never)
        census.add(3, host: "b", state: .retry, turn: .soon)
        #expect(census.freshShare == 0.9 && census.counts == [.done: 95, .due: 1_005, .retry: 3])
        #expect(census.waiting == ["a": .init(ready: 5), "b": .init(ready: 1_000, retrying: 3)])
    }

    @Test("bars are divided without gaps and end where the bar ends")
    func bars() {
        let parts = ShareView.queue([.done: 1, .due: 1, .dead: 1])
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.x + $0.width == $1.x })
        #expect(parts.last.map { $0.x + $0.width } == 1_000)
    }

    @Test("numbers and times are short, also absurd ones")
    func wording() {
        #expect(
            [0, 999, 1_000, 1_234_567, -1_000].map { Wording.count($0) } == [
                "0", "999", "1,000", "1,234,567", "-1,000",
            ])
        #expect(
            [0.2, 89, 90, 5_400, 7_260, 1e6, .infinity, .nan].map { Wording.span($0) }
                == ["1 s", "89 s", "2 min", "1 h 30 min", "2 h 1 min", "11 days", "very long", "very long"])
        #expect([0.04, 0.5, 2, 1e300].map { Wording.delay($0) } == ["40 ms", "0.5 s", "2 s", "very long"])
        #expect([0, 0.999, 1, 2, -1].map { Wording.share($0) } == ["0 %", "99 %", "100 %", "100 %", "0 %"])
        let tokyo = CronTimeZone("+09:00")
        #expect(tokyo.map { Wording.moment(Date(timeIntervalSince1970: 0), $0) } == "1970-01-01 09:00")
        #expect(Wording.short("a\n\u{202E}b\u{1B}[31m", 100) == "a\u{FFFD}\u{FFFD}b\u{FFFD}[31m")
        #expect(Wording.short(String(repeating: "x", count: 1_000), 10).count == 10)
    }
}

@Suite struct RememberedTests {
    @Test("what many ask for at once is got once, and again when it is forgotten")
    func once() async throws {
        let asked = Mutex(0)
        let (gate, open) = AsyncStream<Void>.makeStream()
        let remembered = Remembered<Int, Int>(atLeast: .seconds(3_600)) { key in
            asked.withLock { $0 += 1 }
            for await _ in gate { break }
            return key * 2
        }
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await remembered.value(4) } }
            open.finish()
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(answers == Array(repeating: 8, count: 20) && asked.withLock { $0 } == 1)
        await remembered.forget()
        #expect(try await remembered.value(4) == 8 && asked.withLock { $0 } == 2)
    }

    @Test("a failure is not remembered")
    func failure() async throws {
        let asked = Mutex(0)
        let remembered = Remembered<Int, Int>(atLeast: .seconds(3_600)) { _ in
            guard
                asked.withLock({
                    $0 += 1; return $0
                }) > 1
            else { throw CancellationError() }
            return 1
        }
        await #expect(throws: CancellationError.self) { try await remembered.value(0) }
        #expect(try await remembered.value(0) == 1)
    }
}
