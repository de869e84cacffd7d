import WebStandards

/// Reading a schedule and finding its next times, held against asking every second or minute.
struct CronTarget: FuzzTarget {
    static let name = "cron"
    let seeds = [
        "TZ=+05:30 */5 1-7/2 1,15 jan-mar mon", "30 4 * * 1-5", "@daily", "0 0 29 2 *", "*/7 * * * * *",
        "TZ=Europe/Berlin 30 2 * * *",
        "0 0 31 */2 sun#", "59 23 31 12 7", "0 6,18 ? * ?",
    ]
    let dictionary = [
        "*", "*/", "-", ",", "/", "?", " ", "@hourly", "@weekly", "TZ=", "CRON_TZ=", "America/New_York ", "+14:00 ",
        "jan", "dec", "sun",
        "sat", "0", "7", "59", "60", "99999999999999999999", "L", "#", "\t", "*/0", "5-1",
    ]
    let members: Set<String> = ["spec"]
    let maximumLength = 96
    private static let starts: [Int64] = [1_700_000_003, 1_711_846_800, 951_782_400]

    func check(_ input: [UInt8]) throws {
        guard let cron = try? CronExpression(String(decoding: input, as: UTF8.self)) else { return }
        for start in Self.starts {
            guard let next = cron.next(after: start) else { continue }
            try require(next > start, "the next time is not later")
            try require(cron.fires(at: next), "it does not fire at its next time \(next)")
            if next - start > 1 {
                let between = start + (next - start) / 2
                try require(cron.next(after: between) == next, "a time between \(between) and \(next) was left out")
            }
            for second in stride(from: start + 1, to: min(next, start + 40), by: 1) {
                try require(!cron.fires(at: second), "it fires at \(second), before its next time \(next)")
            }
        }
    }
}
