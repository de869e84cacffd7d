public import CrawlDomain
import Foundation

extension DriftAlarm {
    /// One line: "synopsis of entry on anime pages: 69 % have it, usual are 98 %, since 2026-01-31T10:00:00Z".
    public var summary: String {
        let place = "\(field) of \(key.type.rawValue) on \(key.page) pages"
        let what =
            switch measure {
            case .filled: "\(Self.percent(seen)) have it, usual are \(Self.percent(expected))"
            case .repeated: "\(Self.percent(seen)) equal the one before, usual are \(Self.percent(expected))"
            case .sizes: "other sizes: the middle one is about \(Self.number(seen)), usual is \(Self.number(expected))"
            }
        return "\(place): \(what), since \(since.formatted(.iso8601))"
    }

    private static func percent(_ rate: Double) -> String { "\(Int((rate * 100).rounded())) %" }

    private static func number(_ size: Double) -> String { String(format: "%.6g", size) }
}
