import CrawlDomain
@testable import CrawlEngine
import Foundation
import Synchronization
import TestSupport
import Testing
import WebStandards

@Suite struct DriftWatchTests {
    private static let spider = """
        site: test
        hosts: [anime.example]
        start: ["https://anime.example/anime/1"]
        terms: {url: "https://anime.example/terms"}
        pages:
          anime:
            url: "/anime/{id:int}"
            item:
              type: entry
              id: "{site}:{id}"
              fields: {id: {from: id}, title: h1, type: .type, genres: .genres a, adult: {const: false}}
        """

    private func spider() throws -> Spider { try SpiderFixtures.extractor(yaml: Self.spider).spider }

    private func extraction(_ number: Int, synopsis: JSONValue = "A long story.", image: String? = nil) -> Extraction {
        Extraction(
            page: "anime",
            items: [
                Item(
                    type: .entry, key: "example:\(number)",
                    fields: [
                        "_id": "example:\(number)", "site": "example", "title": .string("Title \(number)"),
                        "synopsis": synopsis, "img_url": .string(image ?? "https://anime.example/\(number).jpg"),
                        "aired": ["from": "2001-01-01", "to": .null],
                        "related": [["relation": "Sequel", "id": 3], ["relation": "Prequel", "id": .null]],
                    ])
            ])
    }

    private func note(
        _ extraction: Extraction, _ number: Int, _ watch: DriftWatch, isRevisit: Bool = true, at now: Date = .init()
    ) {
        watch.note(
            extraction, page: "anime", url: "https://anime.example/anime/\(number)", isRevisit: isRevisit, at: now)
    }

    /// A watch that has read 200 good pages in an earlier run.
    private func seasoned() throws -> DriftWatch {
        let (earlier, watch) = (DriftWatch(spider: try spider()), DriftWatch(spider: try spider()))
        for number in 0..<200 { note(extraction(number), number, earlier) }
        // Some were stored by the heartbeat before the run ended.
        let heartbeat = earlier.takeStatistics(site: "test", at: Date())
        watch.load(heartbeat + earlier.takeStatistics(site: "test", at: Date(), isLast: true), now: Date())
        return watch
    }

    @Test("a first crawl tells what changes on its way down a ranking, and holds nothing")
    func firstCrawl() throws {
        let watch = DriftWatch(spider: try spider())
        for number in 0..<200 { note(extraction(number), number, watch) }
        for number in 200..<260 { note(extraction(number, synopsis: .null), number, watch) }
        let alarms = watch.takeAlarms(at: Date())
        #expect(alarms.map(\.field) == ["synopsis"])
        #expect(alarms.allSatisfy { !$0.holds })
        // The next run knows that there are blocks of such pages, and says nothing.
        let next = DriftWatch(spider: try spider())
        next.load(watch.takeStatistics(site: "test", at: Date(), isLast: true), now: Date())
        next.resume(watch.takeOpenBlocks(at: Date(), isLast: true))
        for number in 0..<200 { note(extraction(number), number, next) }
        for number in 200..<260 { note(extraction(number, synopsis: .null), number, next) }
        #expect(next.takeAlarms(at: Date()).allSatisfy { !$0.holds })
    }

    @Test("a field that 30 % of the pages lose raises one alarm that names it and those pages")
    func lostField() throws {
        let watch = try seasoned()
        #expect(watch.takeAlarms(at: Date()).isEmpty)
        for number in 200..<300 {
            note(extraction(number, synopsis: number % 10 < 3 ? .null : "A story."), number, watch)
        }
        let alarms = watch.takeAlarms(at: Date())
        #expect(Set(alarms.map(\.field)) == ["synopsis"])
        let alarm = try #require(alarms.first)
        #expect(alarm.measure == .filled && alarm.holds)
        #expect(alarm.expected > 0.97)
        #expect(alarm.samples.allSatisfy { ($0.url.last?.wholeNumberValue ?? 9) < 3 && $0.seen == nil })
        #expect(alarm.before?.seen != nil)
        #expect(watch.raised.count == 1)
    }

    /// What a store keeps of runs.
    private struct Kept {
        var days: [PageStatistics] = []
        var blocks: [OpenBlock] = []
    }

    /// One run of a few pages, which goes on where the last has ended.
    private func run(_ pages: Range<Int>, after kept: inout Kept, lacking: (Int) -> Bool) throws -> [DriftAlarm] {
        let (watch, now) = (DriftWatch(spider: try spider()), Date())
        watch.load(kept.days, now: now)
        watch.resume(kept.blocks)
        for number in pages { note(extraction(number, synopsis: lacking(number) ? .null : "A story."), number, watch) }
        for statistics in watch.takeStatistics(site: "test", at: now, isLast: true) {
            let index = kept.days.firstIndex { $0.key == statistics.key }
            guard let index else {
                kept.days.append(statistics)
                continue
            }
            for (field, counted) in statistics.fields { kept.days[index].fields[field, default: .init()] += counted }
        }
        kept.blocks = watch.takeOpenBlocks(at: now, isLast: true)
        return watch.takeAlarms(at: now)
    }

    @Test("runs of seven pages are watched as one of many is: what each leaves of a block the next goes on with")
    func smallRuns() throws {
        var kept = Kept()
        for first in stride(from: 0, to: 210, by: 7) {
            #expect(try run(first..<first + 7, after: &kept, lacking: { _ in false }).isEmpty)
        }
        // Each page is counted on the day it was read, though its block was not full.
        #expect(kept.days.reduce(0) { $0 + ($1.fields["synopsis"]?.items ?? 0) } == 210)
        #expect(kept.days.reduce(0) { $0 + ($1.fields["synopsis"]?.filling.items ?? 0) } == 200)
        var alarms: [DriftAlarm] = []
        var runs = 0
        while alarms.isEmpty, runs < 40 {
            let first = 210 + 7 * runs
            alarms = try run(first..<first + 7, after: &kept, lacking: { $0 % 10 < 3 })
            runs += 1
        }
        let alarm = try #require(alarms.first)
        #expect(alarms.map(\.field) == ["synopsis"] && alarm.holds)
        #expect(runs <= 20, "\(runs) runs")
        #expect(alarm.samples.allSatisfy { ($0.url.last?.wholeNumberValue ?? 9) < 3 } && alarm.before != nil)
    }

    @Test("what a heartbeat keeps of a run has no blocks that wait to be learnt: the run learns them itself")
    func killedRun() throws {
        let watch = try seasoned()
        for number in 200..<390 { note(extraction(number), number, watch) }
        let kept = watch.takeOpenBlocks(at: Date())
        #expect(kept.contains { !$0.fields.isEmpty && $0.items > 0 })
        #expect(kept.allSatisfy { $0.fields.values.allSatisfy { $0.filling.waiting.isEmpty } })
        #expect(kept.allSatisfy { $0.fields.values.allSatisfy { $0.repetition.waiting.isEmpty } })
        // A drift that may have begun waits for the next run.
        for number in 390..<410 { note(extraction(number, synopsis: number % 10 < 3 ? .null : "A."), number, watch) }
        _ = watch.takeStatistics(site: "test", at: Date(), isLast: true)
        let last = watch.takeOpenBlocks(at: Date(), isLast: true)
        #expect(last.contains { !($0.fields["synopsis"]?.filling.waiting.isEmpty ?? true) })
    }

    @Test("small runs of pages that lack a field by nature raise no alarm")
    func smallQuietRuns() throws {
        var (kept, generator) = (Kept(), SplitMix64(seed: 5))
        for first in stride(from: 0, to: 3_000, by: 6) {
            let first = 100 + first % 900
            let lacking = Set((first..<first + 6).filter { _ in Int.random(in: 0..<10, using: &generator) < 3 })
            let alarms = try run(first..<first + 6, after: &kept, lacking: lacking.contains)
            #expect(alarms.isEmpty, "\(first): \(alarms.map { "\($0.summary) \($0.holds)" })")
        }
    }

    @Test(
        "a site of which a few pages are read a week is known after a while, for its days fade with what is read since")
    func scarcePages() throws {
        let (now, watch) = (Date(), DriftWatch(spider: try spider()))
        var days: [PageStatistics] = []
        for week in 1...20 {
            let (one, date) = (DriftWatch(spider: try spider()), now.addingTimeInterval(-604_800 * Double(week)))
            for number in 0..<20 { note(extraction(number), number, one, at: date) }
            days += one.takeStatistics(site: "test", at: date, isLast: true)
        }
        #expect(watch.scarcePages(in: days) == ["anime"])
        let key = StatisticsKey(page: "anime", type: .entry)
        let known = DriftWatch.history(days, now: now)[key]?["title"]?.filling.items ?? 0
        #expect(known > 200 && known < 400)
    }

    @Test("pages that show all the same picture are noticed")
    func alike() throws {
        let watch = DriftWatch(spider: try spider())
        for number in 0..<200 { note(extraction(number), number, watch) }
        for number in 200..<260 { note(extraction(number, image: "https://anime.example/none.jpg"), number, watch) }
        let alarms = watch.takeAlarms(at: Date())
        #expect(alarms.contains { $0.field == "img_url" && $0.measure == .repeated })
    }

    @Test("pages that are not understood at all are noticed; a private or missing page is no sign of anything")
    func unread() throws {
        let watch = DriftWatch(spider: try spider())
        for number in 0..<200 { note(extraction(number), number, watch) }
        for number in 0..<100 {
            note(Extraction(page: "anime", drops: [Drop(.notFound, detail: "")]), number, watch)
        }
        #expect(watch.takeAlarms(at: Date()).isEmpty)
        for number in 0..<60 { note(Extraction(drops: [Drop(.unknownPage, detail: "")]), number, watch) }
        #expect(watch.takeAlarms(at: Date()).contains { $0.field == PageStatistics.itemField })
    }

    @Test("what was learnt is taken once, and is the history of the next run")
    func history() throws {
        let now = Date()
        let watch = DriftWatch(spider: try spider())
        for number in 0..<200 { note(extraction(number), number, watch, at: now) }
        let learnt = watch.takeStatistics(site: "example", at: now)
        #expect(watch.takeStatistics(site: "example", at: now).isEmpty)
        let fields = try #require(learnt.first?.fields)
        #expect(fields["synopsis"]?.filled == 200)
        #expect(fields["aired/from"]?.filled == 200 && fields["aired/to"]?.filled == 0)
        #expect(fields["related/relation"]?.items == 400)

        let next = DriftWatch(spider: try spider())
        next.load(learnt, now: now)
        for number in 0..<60 { note(extraction(number, synopsis: .null), number, next) }
        #expect(next.takeAlarms(at: now).contains { $0.field == "synopsis" })
    }

    @Test("an alarm that goes on is told again after a while, and not before")
    func toldAgain() throws {
        let (watch, now) = (try seasoned(), Date())
        for number in 0..<40 { note(extraction(number, synopsis: .null), number, watch) }
        #expect(watch.takeAlarms(at: now).count == 1)
        for number in 0..<40 { note(extraction(number, synopsis: .null), number, watch) }
        #expect(watch.takeAlarms(at: now.addingTimeInterval(10)).isEmpty)
        for number in 0..<40 { note(extraction(number, synopsis: .null), number, watch) }
        #expect(watch.takeAlarms(at: now.addingTimeInterval(70)).count == 1)
    }

    @Test("a first crawl that goes on in a second run, into pages that lack a field by nature, holds nothing")
    func firstCrawlInRuns() throws {
        let (watch, now) = (try seasoned(), Date())
        for number in 200..<300 { note(extraction(number, synopsis: .null), number, watch, isRevisit: false) }
        let alarms = watch.takeAlarms(at: now)
        #expect(alarms.map(\.field) == ["synopsis"])
        #expect(alarms.allSatisfy { !$0.holds })
        // The same of pages that had it holds, though the note has just been told.
        for number in 0..<100 { note(extraction(number, synopsis: .null), number, watch) }
        #expect(watch.takeAlarms(at: now).contains { $0.holds } || watch.raised.contains { $0.holds })
    }

    @Test("new pages hold when a week of days has told what is usual")
    func oldSite() throws {
        let (now, watch) = (Date(), DriftWatch(spider: try spider()))
        var days: [PageStatistics] = []
        for day in 1...7 {
            let (one, date) = (DriftWatch(spider: try spider()), now.addingTimeInterval(-86_400 * Double(day)))
            for number in 0..<60 { note(extraction(number), number, one, at: date) }
            days += one.takeStatistics(site: "test", at: date, isLast: true)
        }
        watch.load(days, now: now)
        for number in 200..<300 { note(extraction(number, synopsis: .null), number, watch, isRevisit: false) }
        #expect(watch.takeAlarms(at: now).contains { $0.field == "synopsis" && $0.holds })
    }

    @Test("a field that more items have than before is told and holds nothing; soon it is usual")
    func rise() throws {
        let (earlier, watch) = (DriftWatch(spider: try spider()), DriftWatch(spider: try spider()))
        for number in 0..<200 { note(extraction(number, synopsis: .null), number, earlier) }
        watch.load(earlier.takeStatistics(site: "test", at: Date(), isLast: true), now: Date())
        for number in 0..<100 { note(extraction(number), number, watch) }
        let alarms = watch.takeAlarms(at: Date())
        #expect(alarms.map(\.field) == ["synopsis"])
        #expect(alarms.allSatisfy { !$0.holds })
        for _ in 0..<20 { for number in 0..<100 { note(extraction(number), number, watch) } }
        _ = watch.takeAlarms(at: Date())
        for number in 0..<100 { note(extraction(number), number, watch) }
        #expect(watch.takeAlarms(at: .distantFuture).isEmpty)
    }

    @Test("an alarm is since the first item of the block that shows it, so that its pages count in the review")
    func since() throws {
        let (watch, start) = (try seasoned(), Date())
        var pages: [(extraction: Extraction, at: Date)] = []
        for number in 0..<100 {
            let at = start.addingTimeInterval(Double(number))
            pages.append((extraction(number), at))
            note(extraction(number, synopsis: .null), number, watch, at: at)
        }
        let alarm = try #require(watch.takeAlarms(at: start).first { $0.field == "synopsis" })
        #expect(alarm.since == start)
        for count in [5, 100] {
            var review = DriftReview([alarm])
            for page in pages.prefix(count) {
                review.note(page.extraction, page: "anime", url: "", fetchedAt: page.at)
                // Says what it is: no sign of anything.
                let missing = Extraction(page: "anime", drops: [Drop(.notFound, detail: "")])
                review.note(missing, page: "anime", url: "", fetchedAt: page.at)
            }
            #expect(review.groundless == [alarm])
        }
        #expect(DriftReview([alarm]).groundless.isEmpty)
    }

    @Test("a review counts no page that says of itself that there is nothing")
    func reviewedPages() throws {
        let watch = try seasoned()
        for _ in 0..<60 { note(Extraction(drops: [Drop(.unknownPage, detail: "")]), 0, watch) }
        let alarm = try #require(watch.takeAlarms(at: Date()).first { $0.field == PageStatistics.itemField })
        var review = DriftReview([alarm])
        for number in 0..<40 {
            review.note(extraction(number), page: "anime", url: "", fetchedAt: Date())
            let missing = Extraction(page: "anime", drops: [Drop(.notFound, detail: "")])
            review.note(missing, page: "anime", url: "", fetchedAt: Date())
        }
        #expect(review.groundless == [alarm])
    }

    @Test("alarms of names and of what people wrote keep no values")
    func personal() throws {
        let (earlier, watch) = (DriftWatch(spider: try spider()), DriftWatch(spider: try spider()))
        func review(_ number: Int, _ author: String) -> Extraction {
            let fields: JSONObject = ["author": .string(author), "text": .string("\(author) liked \(number).")]
            return Extraction(page: "anime", items: [Item(type: .review, key: "test:\(number)", fields: fields)])
        }
        for number in 0..<200 { note(review(number, "ada \(number)"), number, earlier) }
        watch.load(earlier.takeStatistics(site: "test", at: Date(), isLast: true), now: Date())
        for number in 0..<200 { note(review(number, "ada"), number, watch) }
        let alarms = watch.takeAlarms(at: Date()).filter { $0.key.type == .review }
        #expect(alarms.contains { $0.field == "author" && !$0.samples.isEmpty })
        let shown = alarms.flatMap { $0.samples + [$0.before].compactMap(\.self) }.compactMap(\.seen)
        #expect(shown.allSatisfy { !$0.contains("ada") }, "\(shown)")
    }

    @Test("an alarm that could not be stored is due again")
    func notStored() throws {
        let (watch, now) = (try seasoned(), Date())
        for number in 0..<40 { note(extraction(number, synopsis: .null), number, watch) }
        let due = watch.dueAlarms(at: now)
        #expect(due.count == 1 && watch.raised.isEmpty)
        #expect(watch.dueAlarms(at: now) == due)
        watch.markTold(due, at: now)
        #expect(watch.dueAlarms(at: now).isEmpty && watch.raised == due)
    }

    @Test("who comes while an alarm is stored waits until it is, and a failure is only its own")
    func turn() async throws {
        struct Failed: Error {}
        let (turn, (stored, store)) = (AlarmTurn(), AsyncStream.makeStream(of: Void.self))
        final class Order: Sendable { let numbers = Mutex<[Int]>([]) }
        let order = Order()
        let first = Task {
            try await turn.run {
                for await _ in stored { break }
                order.numbers.withLock { $0.append(1) }
                throw Failed()
            }
        }
        while await !turn.isTaken { await Task.yield() }
        let second = Task { try await turn.run { order.numbers.withLock { $0.append(2) } } }
        store.yield()
        await #expect(throws: Failed.self) { try await first.value }
        try await second.value
        #expect(order.numbers.withLock { $0 } == [1, 2])
    }

    @Test("counting an item of forty fields costs microseconds")
    func cost() throws {
        let watch = DriftWatch(spider: try spider())
        var item = extraction(1)
        for number in 0..<35 { item.items[0].fields["field\(number)"] = .string("value \(number)") }
        let start = ContinuousClock.now
        for number in 0..<2_000 { note(item, number, watch) }
        let each = start.duration(to: .now) / 2_000
        print("drift statistics: \(each) an item, in this build")
        #expect(each < .milliseconds(3))
    }
}

extension DriftWatch {
    /// The alarms that are due, as if they were stored at once.
    fileprivate func takeAlarms(at now: Date) -> [DriftAlarm] {
        let alarms = dueAlarms(at: now)
        markTold(alarms, at: now)
        return alarms
    }
}
