import CrawlEngine
import Recommender
import WebStandards

extension Operations {
    static let crawling: [String: Operation] = [
        "throttle.next_delay": { input in
            func seconds(_ key: String) -> Duration { .seconds(input[key]?.doubleValue ?? 0) }
            let rule = AutoThrottle(
                targetConcurrency: input["target_concurrency"]?.doubleValue ?? 1, minimumDelay: seconds("min_delay_s"),
                maximumDelay: seconds("max_delay_s"))
            let delay = rule.delay(
                after: seconds("old_delay_s"), latency: seconds("latency_s"), status: Int(input.int("status") ?? 200))
            return .double(Double(delay.components.seconds) + Double(delay.components.attoseconds) / 1e18)
        },
        "stem.porter2": { input in
            var stemmer = Stemmer()
            return .string(stemmer.stem(input.string("word") ?? ""))
        },
    ]
}
