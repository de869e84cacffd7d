/// Reads runs of classes: class + 8 × length.
private func classRuns(_ packed: StaticString) -> ScalarRuns<UInt8> {
    var runs = ScalarRuns<UInt8>()
    var numbers = PackedNumbers(packed)
    while !numbers.isAtEnd {
        let number = numbers.unsigned()
        runs.append(UInt8(number % 8), length: number / 8)
    }
    return runs
}

/// Where the invisible joiners may stand. Source: RFC 5892, appendix A.1 and A.2.
enum IDNAJoiners {
    private enum JoiningType: UInt8 {
        case none, left, right, dual, transparent
    }

    private static let runs = classRuns(IDNATables.joining)

    static func areAllowed(in label: [Unicode.Scalar]) -> Bool {
        for (index, scalar) in label.enumerated() where scalar == "\u{200C}" || scalar == "\u{200D}" {
            if index > 0, label[index - 1].properties.canonicalCombiningClass == .virama { continue }
            guard scalar == "\u{200C}", joins(label, at: index) else { return false }
        }
        return true
    }

    /// Whether the letters on both sides would be joined but for the non-joiner at `index`.
    private static func joins(_ label: [Unicode.Scalar], at index: Int) -> Bool {
        let before = label[..<index].last { type(of: $0) != .transparent }.map(type)
        let after = label[(index + 1)...].first { type(of: $0) != .transparent }.map(type)
        return (before == .left || before == .dual) && (after == .right || after == .dual)
    }

    private static func type(of scalar: Unicode.Scalar) -> JoiningType {
        runs.run(of: scalar).flatMap { JoiningType(rawValue: $0.value) } ?? .none
    }
}

/// How letters of both directions may be mixed. Source: RFC 5893, section 2.
enum IDNABidi {
    private enum Direction: UInt8 {
        /// R and AL are one here, as are all classes that no rule tells apart.
        case left, right, europeanNumber, arabicNumber, mark, neutral
    }

    private static let runs = classRuns(IDNATables.bidi)

    private static func direction(_ scalar: Unicode.Scalar) -> Direction {
        runs.run(of: scalar).flatMap { Direction(rawValue: $0.value) } ?? .left
    }

    static func isRightToLeft(_ label: [Unicode.Scalar]) -> Bool {
        label.contains { scalar in
            guard scalar.value >= 0x590 else { return false }
            let direction = direction(scalar)
            return direction == .right || direction == .arabicNumber
        }
    }

    static func keepsRule(_ label: [Unicode.Scalar]) -> Bool {
        let directions = label.map(direction)
        guard let first = directions.first, let last = directions.last(where: { $0 != .mark }) else { return true }
        switch first {
        case .left:
            return (last == .left || last == .europeanNumber)
                && !directions.contains { $0 == .right || $0 == .arabicNumber }
        case .right:
            return last != .left && last != .neutral && !directions.contains(.left)
                && !(directions.contains(.europeanNumber) && directions.contains(.arabicNumber))
        default:
            return false
        }
    }
}
