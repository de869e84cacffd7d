import Markup

/// Reads the escapes in a text once: `&eacute;`, `&#x27;`, `\u0027`, `\"`, `%5F`.
struct EscapeDecoder {
    private let units: [FoldedText.Unit]
    private var index = 0
    private var isChanged = false
    private(set) var result: [FoldedText.Unit] = []

    init(_ units: [FoldedText.Unit]) { self.units = units }

    /// Whether there were any.
    mutating func run() -> Bool {
        result.reserveCapacity(units.count)
        while index < units.count {
            let isEscape =
                switch units[index].scalar {
                case 0x26: takeReference()
                case 0x5C: takeBackslash()
                case 0x25: takePercents()
                default: false
                }
            if isEscape {
                isChanged = true
            } else {
                result.append(units[index])
                index += 1
            }
        }
        return isChanged
    }

    private mutating func take(_ count: Int, as scalar: UInt32) -> Bool {
        var unit = units[index]
        unit.scalar = scalar
        unit.end = units[index + count - 1].end
        result.append(unit)
        index += count
        return true
    }

    private func scalar(_ place: Int) -> UInt32? { place < units.count ? units[place].scalar : nil }

    private func hex(_ place: Int) -> UInt32? {
        guard let scalar = scalar(place), scalar < 0x80 else { return nil }
        return Character(UnicodeScalar(UInt8(scalar))).hexDigitValue.map { UInt32($0) }
    }

    private func hex(_ place: Int, count: Int) -> UInt32? {
        var value: UInt32 = 0
        for place in place..<place + count {
            guard let digit = hex(place) else { return nil }
            value = value << 4 | digit
        }
        return value
    }

    private mutating func takeReference() -> Bool {
        var place = index + 1
        guard scalar(place) == 0x23 else {
            var name = ""
            while name.utf8.count < 8, let value = scalar(place), value < 0x80,
                Character(UnicodeScalar(UInt8(value))).isLetter || (0x30...0x39).contains(value)
            {
                name.unicodeScalars.append(UnicodeScalar(UInt8(value)))
                place += 1
            }
            guard scalar(place) == 0x3B, let found = HTMLEntities.scalar(named: name) else { return false }
            return take(place - index + 1, as: found.value)
        }
        place += 1
        let isHex = scalar(place).map { $0 | 0x20 == 0x78 } ?? false
        if isHex { place += 1 }
        let start = place
        var value: UInt32 = 0
        while place - start < 10, let digit = hex(place), isHex || digit < 10 {
            value = min(value * (isHex ? 16 : 10) + digit, 0x110000)
            place += 1
        }
        guard place > start, value > 0, Unicode.Scalar(value) != nil else { return false }
        if scalar(place) == 0x3B { place += 1 }
        return take(place - index, as: value)
    }

    private mutating func takeBackslash() -> Bool {
        switch scalar(index + 1) {
        case 0x75?:
            guard let high = hex(index + 2, count: 4) else { return false }
            if (0xD800..<0xDC00).contains(high), scalar(index + 6) == 0x5C, scalar(index + 7) == 0x75,
                let low = hex(index + 8, count: 4), (0xDC00..<0xE000).contains(low)
            {
                return take(12, as: 0x10000 + (high & 0x3FF) << 10 + low & 0x3FF)
            }
            return Unicode.Scalar(high) != nil && take(6, as: high)
        case 0x78?: return hex(index + 2, count: 2).map { take(4, as: $0) } ?? false
        case 0x6E?, 0x72?, 0x74?, 0x66?, 0x62?: return take(2, as: 0x20)
        case 0x22?: return take(2, as: 0x22)
        case 0x27?: return take(2, as: 0x27)
        case 0x2F?: return take(2, as: 0x2F)
        case 0x5C?: return take(2, as: 0x5C)
        default: return false
        }
    }

    /// Escaped bytes that follow each other are UTF-8 together; one that is not is a letter of Latin 1, as old sites write it.
    private mutating func takePercents() -> Bool {
        guard let first = hex(index + 1, count: 2) else { return false }
        let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        var bytes: [UInt8] = []
        while bytes.count < length, scalar(index + 3 * bytes.count) == 0x25,
            let byte = hex(index + 3 * bytes.count + 1, count: 2)
        {
            bytes.append(UInt8(byte))
        }
        if bytes.count == length, let text = String(validating: bytes, as: UTF8.self),
            let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1
        {
            return take(3 * length, as: scalar.value)
        }
        return take(3, as: first)
    }
}
