import CrawlEngine
import Testing

@Suite struct CloseWatchTests {
    private func progress(
        pages: Int = 0, items: Int = 0, errors: Int = 0, at seconds: Int = 0, paused: Int = 0
    ) -> CloseWatch.Progress {
        .init(pages: pages, items: items, errors: errors, elapsed: .seconds(seconds), paused: .seconds(paused))
    }

    /// What a run that comes along like this is told at each step.
    private func told(_ conditions: CloseConditions, _ steps: CloseWatch.Progress...) -> [CloseReason?] {
        var watch = CloseWatch(conditions)
        return steps.map { watch.note($0) }
    }

    @Test("without conditions nothing ends a run")
    func none() {
        #expect(told(.init(), progress(pages: 1_000_000, errors: 1_000_000, at: 1_000_000)) == [nil])
    }

    @Test("time, items and errors end a run when they are reached, not before, and are named")
    func limits() {
        let time = told(.init(time: .seconds(7_200)), progress(at: 7_199), progress(at: 7_200))
        #expect(time.map { $0?.description } == [nil, "max-time: 7200 s are over"])
        #expect(told(.init(items: 10), progress(items: 9), progress(items: 12)) == [nil, .items(10)])
        #expect(told(.init(errors: 3), progress(errors: 2), progress(errors: 3)) == [nil, .errors(3)])
    }

    @Test("a run ends when so many pages brought nothing new, counted from the last page that did")
    func idlePages() {
        let told = told(
            .init(idle: .pages(100)), progress(pages: 99), progress(pages: 150, items: 1),
            progress(pages: 249, items: 1), progress(pages: 250, items: 1))
        #expect(told == [nil, nil, nil, .idle(.pages(100))])
    }

    @Test("a pause does not count as time without a new item")
    func idleTime() {
        let told = told(
            .init(idle: .time(.seconds(60))), progress(items: 1, at: 10), progress(items: 1, at: 100, paused: 40),
            progress(items: 1, at: 110, paused: 40))
        #expect(told == [nil, nil, .idle(.time(.seconds(60)))])
    }

    @Test("the yield is that of the last pages: rich ones long ago do not save a run")
    func yield() throws {
        var watch = CloseWatch(.init(minimumYield: .init(itemsPerHundredPages: 5, window: 100)))
        var (pages, items, ended): (Int, Int, CloseReason?) = (0, 0, nil)
        while ended == nil, pages < 1_000 {
            pages += 1
            // One item a page for three hundred pages, then one in fifty.
            if pages <= 300 || pages % 50 == 0 { items += 1 }
            ended = watch.note(progress(pages: pages, items: items))
        }
        // The window has one item in fifty but for at most five pages of the rich part, give or take a mark.
        #expect((395...410).contains(pages))
        guard case .yield(_, let reached)? = ended else { return #expect(ended != nil) }
        #expect(reached < 5)
    }

    @Test("a run is not judged by its yield before a whole window is visited")
    func youngRun() {
        let yield = CloseConditions.Yield(itemsPerHundredPages: 5, window: 100)
        let told = told(.init(minimumYield: yield), progress(pages: 99), progress(pages: 100))
        #expect(told == [nil, .yield(yield, reached: 0)])
    }

    @Test("a reason names the option, and counts as people do")
    func words() {
        #expect("\(CloseReason.pages(1))" == "limit: 1 page reached")
        #expect("\(CloseReason.errors(1))" == "max-errors: 1 visit failed")
        #expect("\(CloseReason.items(20))" == "max-items: 20 items written")
        #expect("\(CloseReason.idle(.pages(500)))" == "no-new-items: none in 500 pages")
        #expect("\(CloseReason.time(.seconds(90)))" == "max-time: 90 s are over")
    }
}
