import WebStandards

extension Operations {
    static let http: [String: Operation] = [
        "http.date": { input in
            input.string("value").flatMap { HTTPDate.parse($0) }.map { .int($0) } ?? .null
        },
        "http.retry_after": { input in
            let now = input.string("now").flatMap { W3CDateTime.parse($0) } ?? 0
            return input.string("value").flatMap { RetryAfter.seconds($0, now: now) }.map { .int($0) } ?? .null
        },
    ]
}
