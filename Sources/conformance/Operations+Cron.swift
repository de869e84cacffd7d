import WebStandards

extension Operations {
    static let cron: [String: Operation] = [
        "cron.next": { input in
            let request = try CronRequest(input)
            guard let next = request.expression.next(after: request.time) else { return .null }
            return .string(request.format(next))
        },
        "cron.fires_at": { input in
            let request = try CronRequest(input)
            return .bool(request.expression.fires(at: request.time))
        },
        "cron.valid": { input in
            let spec = input.string("spec") ?? ""
            let fields = spec.split(separator: " ").count
            return .bool(
                (try? CronExpression(spec)) != nil && (spec.hasPrefix("@") || Int64(fields) == input.int("fields")))
        },
    ]
}

/// A schedule, a time, and the zone in which to answer.
private struct CronRequest {
    let expression: CronExpression
    let time: Int64
    /// The expression that knows the offset of the answer's zone.
    private let clock: CronExpression

    init(_ input: Input) throws {
        let iso = input.string("time_iso") ?? ""
        let offset = String(iso.suffix(6))
        time = W3CDateTime.parse(iso) ?? 0
        var zone = offset
        if let named = input.string("time"), named.hasPrefix("TZ=") {
            zone = String(named.dropFirst(3).prefix { $0 != " " })
        }
        expression = try CronExpression(input.string("spec") ?? "", timeZone: zone)
        let fixed = try CronExpression("@daily", timeZone: offset)
        clock = expression.offset(at: time) == fixed.offset(at: time) ? expression : fixed
    }

    func format(_ seconds: Int64) -> String {
        let offset = clock.offset(at: seconds)
        let minutes = abs(offset) / 60
        let digits = [minutes / 60, minutes % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return W3CDateTime.format(seconds + offset).dropLast() + (offset < 0 ? "-" : "+")
            + digits.joined(separator: ":")
    }
}
