import CrawlDomain
@testable import CrawlEngine
import Foundation
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

    private func note(_ extraction: Extraction, _ number: Int, _ watch: DriftWatch, at now: Date = .init()) {
        watch.note(extraction, page: "anime", url: "https://anime.example/anime/\(number)", at: now)
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
