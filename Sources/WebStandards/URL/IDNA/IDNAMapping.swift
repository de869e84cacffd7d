/// What becomes of each scalar of a domain name.
///
/// Source: UTS #46, section 5, with deviations valid and ASCII unrestricted (non-transitional processing without STD3 rules).
struct IDNAMapping: Sendable {
    private enum Run {
        case valid, disallowed, ignored
        /// Each scalar becomes the one so much farther.
        case shifted(Int32)
        /// Scalars at even places become their successors, the others are valid.
        case alternating
        /// One scalar becomes these.
        case mapped([Unicode.Scalar])
    }

    static let table = IDNAMapping(IDNATables.mapping)

    private var runs = ScalarRuns<Run>()

    private init(_ packed: StaticString) {
        var numbers = PackedNumbers(packed)
        var previous: Int32 = 0
        while !numbers.isAtEnd {
            let head = numbers.unsigned()
            let length = head / 8 + 1
            switch head % 8 {
            case 0: runs.append(.valid, length: length)
            case 1: runs.append(.disallowed, length: length)
            case 2: runs.append(.ignored, length: length)
            case 3:
                let target = previous + numbers.signed()
                previous = target + Int32(length) - 1
                runs.append(.shifted(target - Int32(runs.nextStart)), length: length)
            case 4: runs.append(.alternating, length: length)
            default:
                var target: [Unicode.Scalar] = []
                for _ in 0..<length {
                    previous += numbers.signed()
                    target.append(Unicode.Scalar(UInt32(previous)) ?? "\u{FFFD}")
                }
                runs.append(.mapped(target), length: 1)
            }
        }
    }

    /// Appends what `scalar` becomes; false when no domain may contain it.
    func append(_ scalar: Unicode.Scalar, to output: inout [Unicode.Scalar]) -> Bool {
        guard let (start, run) = runs.run(of: scalar) else { return false }
        switch run {
        case .valid: output.append(scalar)
        case .disallowed: return false
        case .ignored: break
        case .shifted(let distance): return Self.append(Int32(scalar.value) + distance, to: &output)
        case .alternating: return Self.append(Int32(scalar.value + (scalar.value - start + 1) % 2), to: &output)
        case .mapped(let target): output.append(contentsOf: target)
        }
        return true
    }

    /// Whether `scalar` stays as it is.
    func isValid(_ scalar: Unicode.Scalar) -> Bool {
        guard let (start, run) = runs.run(of: scalar) else { return false }
        switch run {
        case .valid: return true
        case .alternating: return (scalar.value - start) % 2 == 1
        case .disallowed, .ignored, .shifted, .mapped: return false
        }
    }

    private static func append(_ value: Int32, to output: inout [Unicode.Scalar]) -> Bool {
        guard let scalar = Unicode.Scalar(UInt32(value)) else { return false }
        output.append(scalar)
        return true
    }
}
