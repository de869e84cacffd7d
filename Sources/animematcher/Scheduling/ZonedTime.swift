import Foundation
import WebStandards

/// A moment as the clock of a zone shows it.
struct ZonedTime {
    /// "2026-01-02T04:00:00Z", as if the clock showed UTC.
    private let text: String
    private let weekday: Int

    init(_ seconds: Int64, _ zone: CronTimeZone) {
        let clock = seconds + zone.offset(at: seconds)
        text = W3CDateTime.format(clock)
        weekday = Int(((clock / 86_400 + 4) % 7 + 7) % 7)
    }

    init(_ date: Date, _ zone: CronTimeZone) { self.init(Int64(date.timeIntervalSince1970), zone) }

    /// "2026-01-02".
    var day: String { String(text.prefix(10)) }
    /// "Fri".
    var weekdayName: String { ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][weekday] }
    /// "04:00", with seconds where there are any.
    var time: String {
        let time = text.dropFirst(11).prefix(8)
        return String(time.hasSuffix(":00") ? time.dropLast(3) : time)
    }
    /// "2026-01-02 04:00".
    var dayAndTime: String { "\(day) \(time)" }
}
