/// Reads the numbers that `Scripts/generate-idna-tables` packs into text: base 32, lowest digit first, 32 added to all but the last.
struct PackedNumbers {
    private let text: StaticString
    private var position = 0

    init(_ text: StaticString) {
        self.text = text
    }

    var isAtEnd: Bool { position >= text.utf8CodeUnitCount }

    mutating func unsigned() -> UInt32 {
        var value: UInt32 = 0
        var shift: UInt32 = 0
        while !isAtEnd {
            let digit = Self.digit(text.utf8Start[position])
            position += 1
            value |= (digit & 31) << shift
            shift += 5
            if digit < 32 { break }
        }
        return value
    }

    mutating func signed() -> Int32 {
        let value = Int32(bitPattern: unsigned())
        return value & 1 == 0 ? value >> 1 : -(value >> 1) - 1
    }

    private static func digit(_ byte: UInt8) -> UInt32 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 97 + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 48 + 52
        case UInt8(ascii: "+"): 62
        default: 63
        }
    }
}

/// A value for every scalar, as runs found by their starts.
struct ScalarRuns<Value: Sendable>: Sendable {
    private var starts: [UInt32] = []
    private var values: [Value] = []
    private var end: UInt32 = 0

    /// Where the next run starts.
    var nextStart: UInt32 { end }

    mutating func append(_ value: Value, length: UInt32) {
        starts.append(end)
        values.append(value)
        end += length
    }

    /// The run that holds `scalar`: its start and value.
    func run(of scalar: Unicode.Scalar) -> (start: UInt32, value: Value)? {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= scalar.value { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        return (starts[low - 1], values[low - 1])
    }
}
