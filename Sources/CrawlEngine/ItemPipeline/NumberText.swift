import WebStandards

/// Numbers as sites write them: "1,234", "8.92", "#12", numbers as texts and texts as numbers.
enum NumberText {
    /// A whole number; "1,234" has thousands separators, "1,2" is none.
    static func int(_ value: JSONValue) -> Int64? {
        switch value {
        case .int(let number): number
        case .double(let number): Int64(exactly: number)
        case .string(let text): plainInt(text) ?? digits(text).flatMap { Int64($0) }
        default: nil
        }
    }

    /// A number with or without a fraction after a point.
    static func double(_ value: JSONValue) -> Double? {
        switch value {
        case .int(let number): return Double(number)
        case .double(let number): return number
        case .string(let text):
            let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard let whole = parts.first.flatMap({ digits(String($0)) }) else { return nil }
            guard parts.count == 2 else { return Double(whole) }
            guard !parts[1].isEmpty, parts[1].utf8.allSatisfy(isDigit) else { return nil }
            return Double("\(whole).\(parts[1])")
        default: return nil
        }
    }

    static func bool(_ value: JSONValue) -> Bool? {
        switch value {
        case .bool(let bool): bool
        case .int(0), .string("0"), .string(""), .string("false"): false
        case .int(1), .string("1"), .string("true"): true
        default: nil
        }
    }

    /// A number as it would be written in a text.
    static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .int(let number): String(number)
        case .double(let number): Int64(exactly: number).map { String($0) } ?? String(number)
        case .bool(let bool): String(bool)
        default: nil
        }
    }

    /// Most numbers are a few digits; nil for what must be looked at more closely.
    private static func plainInt(_ text: String) -> Int64? {
        let bytes = text.utf8
        guard (1...18).contains(bytes.count) else { return nil }
        var number: Int64 = 0
        for byte in bytes {
            guard isDigit(byte) else { return nil }
            number = number * 10 + Int64(byte - 0x30)
        }
        return number
    }

    /// The digits of a whole number without its separators; nil when they do not stand before groups of three.
    private static func digits(_ text: String) -> String? {
        let isNegative = text.hasPrefix("-")
        let groups = text.dropFirst(isNegative ? 1 : 0).split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first, !first.isEmpty, groups.count == 1 || first.count <= 3,
            groups.dropFirst().allSatisfy({ $0.count == 3 }), groups.allSatisfy({ $0.utf8.allSatisfy(isDigit) })
        else { return nil }
        return (isNegative ? "-" : "") + groups.joined()
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
