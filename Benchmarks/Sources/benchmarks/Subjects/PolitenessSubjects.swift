import CrawlDomain
import CrawlEngine

/// What deciding costs when very many hosts are known: may one be asked, and what its answer changes.
enum PolitenessSubjects {
    private static let hosts = 100_000

    static func all(_: Workload) throws -> [Subject] {
        let start = ContinuousClock.now
        let promise = HostSchedule.Promise(floor: .seconds(1), spiderDelay: .zero, crawlDelay: nil)
        let fresh = [HostSchedule](repeating: HostSchedule(promise: promise, notBefore: start), count: hosts)
        return [
            Subject("politeness", "ours, \(hosts) hosts", unit: "requests decided") {
                var (schedules, now) = (fresh, start)
                var round = Subject.Round()
                // Each host is asked when its turn has come; every tenth answer is a failure.
                for turn in 0..<4 {
                    for index in schedules.indices {
                        guard schedules[index].begin(now: now) else { continue }
                        let answer: HostAnswer =
                            (index + turn) % 10 == 0
                            ? .failed(.timeout) : .answered(status: 200, latency: .milliseconds(80))
                        schedules[index].record(answer, now: now, jitter: 0.5)
                        round.operations += 1
                    }
                    now += .seconds(1)
                }
                round.result = schedules.reduce(0) { $0 + $1.failures }
                return round
            },
            Subject("host remembered", unit: "hosts") {
                var round = Subject.Round(operations: hosts)
                for schedule in fresh {
                    let memory = schedule.remembered(in: HostMemory(), isInUse: true, now: start)
                    let restored = HostSchedule(promise: promise, remembering: memory, now: start)
                    round.result += restored.failures + (restored.wait(now: start) > .zero ? 1 : 0)
                }
                return round
            },
        ]
    }
}
