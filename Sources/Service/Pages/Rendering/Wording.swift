import CrawlDomain
import Foundation
import WebStandards

/// Numbers and times as pages write them.
enum Wording {
    /// "12,345".
    static func count(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        let text = digits.enumerated().map { index, digit in
            index > 0 && (digits.count - index).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
        }.joined()
        return (number < 0 ? "-" : "") + text
    }

    /// "1 URL", "2 URLs".
    static func count(_ number: Int, _ word: String) -> String { "\(count(number)) \(word)\(number == 1 ? "" : "s")" }

    /// "45 s", "12 min", "3 h 5 min", "2 days"; a second at least.
    static func span(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e10 else { return "very long" }
        let whole = max(1, Int(seconds.rounded()))
        switch whole {
        case ..<90: return "\(whole) s"
        case ..<5_400: return "\(Int((seconds / 60).rounded())) min"
        case ..<172_800:
            let minutes = whole % 3_600 / 60
            return "\(whole / 3_600) h" + (minutes > 0 ? " \(minutes) min" : "")
        default: return "\(count(whole / 86_400)) days"
        }
    }

    /// "0.5 s", "10 s": a delay between two requests.
    static func delay(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "very long" }
        let tenths = Int((seconds * 10).rounded())
        if tenths == 0, seconds > 0 { return "\(max(1, Int((seconds * 1_000).rounded()))) ms" }
        return tenths.isMultiple(of: 10) ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }

    /// "93 %"; all of it only where nothing is missing.
    static func share(_ share: Double) -> String {
        let percent = share >= 1 ? 100 : min(99, Int((share * 100).rounded()))
        return "\(max(0, percent)) %"
    }

    /// "2026-01-02 04:00" by the clock of a zone.
    static func moment(_ date: Date, _ zone: CronTimeZone) -> String {
        let seconds = Int64(date.timeIntervalSince1970)
        return String(
            W3CDateTime.format(seconds + zone.offset(at: seconds)).prefix(16).map { $0 == "T" ? " " : $0 })
    }

    /// "2026-01-02 04:00 UTC".
    static func moment(_ date: Date) -> String {
        String(W3CDateTime.format(Int64(date.timeIntervalSince1970)).prefix(16).map { $0 == "T" ? " " : $0 }) + " UTC"
    }

    /// As long as a table can hold, with what would disturb a line or its direction made visible.
    static func short(_ text: String, _ limit: Int = 160) -> String {
        let clean = text.unicodeScalars.prefix(limit + 1).map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: "\u{FFFD}"
            default: String(scalar)
            }
        }
        return clean.count > limit ? clean.prefix(limit - 1).joined() + "…" : clean.joined()
    }
}
