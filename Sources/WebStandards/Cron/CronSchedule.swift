/// The times of day and the days that a cron expression names, without a time zone.
struct CronSchedule: Hashable {
    private let seconds: CronValues
    private let minutes: CronValues
    private let hours: CronValues
    private let days: CronValues
    private let months: CronValues
    private let weekdays: CronValues
    /// Whether neither the minute nor the hour starts with a star.
    let hasFixedTimes: Bool

    private static let named = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]

    init(_ fields: [CronField], end: Int) throws(SyntaxError) {
        var fields = fields
        if fields.count == 1, let meaning = Self.named[fields[0].text.lowercased()] {
            fields = CronField.split(meaning)
        }
        if fields.count == 5 { fields.insert(CronField(text: "0", offset: 0), at: 0) }
        guard fields.count == 6 else {
            throw SyntaxError(
                .wrongFieldCount, offset: end,
                expected:
                    "five fields (minute hour day month weekday), six with seconds in front, or a name such as @daily")
        }
        hasFixedTimes = fields[1...2].allSatisfy { $0.text.first != "*" && $0.text.first != "?" }
        seconds = try fields[0].values(of: .second)
        minutes = try fields[1].values(of: .minute)
        hours = try fields[2].values(of: .hour)
        days = try fields[3].values(of: .day)
        months = try fields[4].values(of: .month)
        weekdays = try fields[5].values(of: .weekday)
    }

    /// The first fitting time of the wall clock from `start` on and before `end`, in seconds as if the clock showed UTC.
    func first(from start: Int64, before end: Int64) -> Int64? {
        var time = CivilTime(secondsSinceEpoch: start)
        while time.secondsSinceEpoch < end {
            if !months.contains(time.date.month) {
                advanceToMonth(&time)
            } else if fits(time.date), let second = secondOfDay(from: time.secondOfDay) {
                time.secondOfDay = second
                let found = time.secondsSinceEpoch
                return found < end ? found : nil
            } else {
                time = CivilTime(date: CivilDate(daysSinceEpoch: time.date.daysSinceEpoch + 1), secondOfDay: 0)
            }
        }
        return nil
    }

    private func advanceToMonth(_ time: inout CivilTime) {
        let month = months.first(from: time.date.month + 1)
        let year = month == nil ? time.date.year + 1 : time.date.year
        time = CivilTime(
            date: CivilDate(year: year, month: month ?? months.bits.trailingZeroBitCount, day: 1), secondOfDay: 0)
    }

    private func fits(_ date: CivilDate) -> Bool {
        let (day, weekday) = (days.contains(date.day), weekdays.contains(date.weekday))
        return days.isEverything || weekdays.isEverything ? day && weekday : day || weekday
    }

    private func secondOfDay(from start: Int) -> Int? {
        let (hour, minute, second) = (start / 3600, start / 60 % 60, start % 60)
        if hours.contains(hour) {
            if minutes.contains(minute), let next = seconds.first(from: second) {
                return hour * 3600 + minute * 60 + next
            }
            if let next = minutes.first(from: minute + 1) {
                return hour * 3600 + next * 60 + seconds.bits.trailingZeroBitCount
            }
        }
        return hours.first(from: hour + 1).map {
            $0 * 3600 + minutes.bits.trailingZeroBitCount * 60 + seconds.bits.trailingZeroBitCount
        }
    }
}
