import Foundation
import CrawlDomain
import Storage
import Terminal
import WebStandards

extension ClosedHost {
    private var until: Date { Date().addingTimeInterval(wait / .seconds(1)) }

    /// For people.
    var line: String {
        let time = wait > .zero ? "left alone until \(until.formatted(.iso8601))" : "may be asked again"
        return "\(Console.visible(host)): \(time): \(Console.visible(reason))"
    }

    /// For programs.
    var value: JSONValue {
        .object([
            "host": .string(host), "reason": .string(reason), "until": .string(until.formatted(.iso8601)),
        ])
    }
}
