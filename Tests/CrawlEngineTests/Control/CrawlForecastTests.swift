import CrawlDomain
import CrawlEngine
import Foundation
import Testing

@Suite struct CrawlForecastTests {
    private let now = Date(timeIntervalSince1970: 1_000_000)

    private func forecast(
        _ backlog: [HostBacklog], _ paces: [HostPace] = [], hosts: Int = 16, shared: Double = 0
    ) -> CrawlForecast {
        CrawlForecast(backlog: backlog, paces: paces, concurrentHosts: hosts, sharedDelay: shared, now: now)
    }

    private func pace(_ host: String, delay: Double, requests: Int = 10, answer: Double = 0) -> HostPace {
        HostPace(
            host: host, requests: requests, answerSeconds: answer * Double(requests), delaySeconds: delay,
            promiseSeconds: delay)
    }

    @Test("hosts are asked at once, so the slowest decides")
    func slowest() {
        let forecast = forecast(
            [HostBacklog(host: "a", waiting: 100), HostBacklog(host: "b", waiting: 30, retrying: 10)],
            [pace("a", delay: 1), pace("b", delay: 8)])
        #expect(forecast.seconds == 312)
        #expect(forecast.slowestHost == "b")
        #expect(forecast.waiting == 140)
    }

    @Test("an answer's time is part of the gap to the next request")
    func answers() {
        let forecast = forecast([HostBacklog(host: "a", waiting: 100)], [pace("a", delay: 1, answer: 0.5)])
        #expect(abs(forecast.seconds - 149) < 1e-9)
    }

    @Test("no more hosts are asked at once than there are workers")
    func workers() {
        let hosts = (0..<40).map { "h\($0)" }
        let forecast = forecast(
            hosts.map { HostBacklog(host: $0, waiting: 10) }, hosts.map { pace($0, delay: 1) }, hosts: 4)
        #expect(forecast.seconds == 90)
    }

    @Test("a limit that hosts share counts for all of them")
    func shared() {
        let forecast = forecast(
            [HostBacklog(host: "a", waiting: 50), HostBacklog(host: "b", waiting: 50)],
            [pace("a", delay: 1), pace("b", delay: 1)], shared: 0.8)
        #expect(abs(forecast.seconds - 79.2) < 1e-9)
    }

    @Test("a turn that hosts share is taken until its answer has ended")
    func sharedAnswers() {
        let forecast = forecast(
            [HostBacklog(host: "a", waiting: 50), HostBacklog(host: "b", waiting: 50)],
            [pace("a", delay: 1, answer: 0.2), pace("b", delay: 1, answer: 0.2)], shared: 0.8)
        #expect(abs(forecast.seconds - 99.2) < 1e-9)
    }

    @Test("a host that is left alone is waited for, a paused one cannot be foreseen")
    func closed() {
        let forecast = forecast(
            [
                HostBacklog(host: "a", waiting: 10, notBefore: now + 600),
                HostBacklog(host: "b", waiting: 7, isPaused: true),
            ], [pace("a", delay: 1)])
        #expect(forecast.seconds == 609)
        #expect(forecast.waiting == 10)
        #expect(forecast.paused == 7)
    }

    @Test("a host that was not asked yet is taken to be as slow as the slowest promise")
    func unknown() {
        let forecast = forecast([HostBacklog(host: "new", waiting: 10)], [pace("a", delay: 3)])
        #expect(forecast.seconds == 27)
    }

    @Test("when nothing waits nothing is left")
    func empty() {
        #expect(forecast([HostBacklog(host: "a")]).seconds == 0)
        #expect(forecast([]).slowestHost == nil)
    }
}
