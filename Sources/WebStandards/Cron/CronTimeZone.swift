import Foundation

/// A zone by name or a fixed offset.
public struct CronTimeZone: Sendable, Hashable {
    private enum Kind: Hashable {
        case named(TimeZone)
        /// Seconds east of Greenwich.
        case fixed(Int64)
    }

    private let kind: Kind

    /// Reads an IANA name such as `Asia/Tokyo`, `UTC`, or an offset such as `+05:30`.
    public init?(_ text: String) {
        if let offset = Self.offset(text) {
            kind = .fixed(offset)
        } else if let zone = TimeZone(identifier: text) {
            kind = .named(zone)
        } else {
            return nil
        }
    }

    /// Seconds east of Greenwich at a time, in seconds since 1970.
    public func offset(at seconds: Int64) -> Int64 {
        switch kind {
        case .fixed(let offset): offset
        case .named(let zone): Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
        }
    }

    /// When the offset changes next, in seconds since 1970; nil when it never does.
    public func nextTransition(after seconds: Int64) -> Int64? {
        guard case .named(let zone) = kind else { return nil }
        let date = Date(timeIntervalSince1970: Double(seconds))
        let transition = zone.nextDaylightSavingTimeTransition(after: date).map { Int64($0.timeIntervalSince1970) }
        return transition.flatMap { $0 > seconds ? $0 : nil }
    }

    private static func offset(_ text: String) -> Int64? {
        if text == "UTC" || text == "GMT" || text == "Z" { return 0 }
        var reader = DigitReader(text)
        let isEast = reader.skip("+")
        guard isEast || reader.skip("-"), let hours = reader.number(digits: 2), hours < 24 else { return nil }
        _ = reader.skip(":")
        guard let minutes = reader.number(digits: 2), minutes < 60, reader.isAtEnd else { return nil }
        return Int64(hours * 3600 + minutes * 60) * (isEast ? 1 : -1)
    }
}
