/// Allowing and disallowing patterns in the order in which they decide.
///
/// `*` stands for any bytes and a final `$` for the end. As no other wildcard exists, taking the first place for each literal piece
/// finds a match whenever there is one, so a pattern costs one pass over the path.
struct RobotsPatternList: Sendable {
    private struct Pattern {
        let isAllow: Bool
        let range: Range<Int>
        let isAnchored: Bool
        let priority: Int
    }

    private var bytes: [UInt8] = []
    private var patterns: [Pattern] = []
    /// One for each pattern, close together, since of most patterns it is all that is looked at.
    private var sieves: [RobotsSieve] = []

    init(_ rules: [(isAllow: Bool, pattern: Range<Int>)], of file: [UInt8], dialect: RobotsFile.Dialect) {
        patterns.reserveCapacity(rules.count)
        for (isAllow, range) in rules where !range.isEmpty {
            let pattern = file[range]
            add(pattern, isAllow: isAllow, dialect: dialect)
            if isAllow, dialect == .google { addDirectoryOfIndex(pattern) }
        }
        patterns.sort { $0.priority == $1.priority ? $0.isAllow && !$1.isAllow : $0.priority > $1.priority }
        sieves = patterns.map { RobotsSieve(of: bytes[$0.range]) }
    }

    var isEmpty: Bool { patterns.isEmpty }

    /// Whether the longest matching pattern allows `path`, or none matches.
    func isAllowed(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        let traits = RobotsSieve.Path(path)
        return sieves.withUnsafeBufferPointer { sieves in
            for index in 0..<sieves.count where sieves[index].lets(traits) {
                let pattern = patterns[index]
                if bytes.withUnsafeBufferPointer({ Self.matches(pattern, $0, path) }) { return pattern.isAllow }
            }
            return true
        }
    }

    private mutating func add(_ pattern: ArraySlice<UInt8>, isAllow: Bool, dialect: RobotsFile.Dialect) {
        let start = bytes.count
        let isAnchored = pattern.last == UInt8(ascii: "$")
        let body = isAnchored ? pattern.dropLast() : pattern
        switch dialect {
        case .google: RobotsEscapes.appendEscapingNonASCII(body, to: &bytes)
        case .rfc9309: EscapeNormalisation.append(body, escaping: RobotsEscapes.pattern, to: &bytes)
        }
        let priority = bytes.count - start + (isAnchored ? 1 : 0)
        patterns.append(
            Pattern(isAllow: isAllow, range: start..<bytes.count, isAnchored: isAnchored, priority: priority))
    }

    /// Google takes `Allow: /x/index.html` to allow `/x/` as well.
    private mutating func addDirectoryOfIndex(_ pattern: ArraySlice<UInt8>) {
        guard let slash = pattern.lastIndex(of: UInt8(ascii: "/")),
            pattern[slash...].starts(with: "/index.htm".utf8)
        else { return }
        add(pattern[...slash] + [UInt8(ascii: "$")], isAllow: true, dialect: .google)
    }

    private static func matches(
        _ pattern: Pattern, _ bytes: UnsafeBufferPointer<UInt8>, _ path: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        var (index, end) = (pattern.range.lowerBound, pattern.range.upperBound)
        var position = 0
        while index < end, bytes[index] != star {
            guard position < path.count, path[position] == bytes[index] else { return false }
            index += 1
            position += 1
        }
        if index == end { return !pattern.isAnchored || position == path.count }
        if pattern.isAnchored {
            var pathEnd = path.count
            while bytes[end - 1] != star {
                guard pathEnd > position, path[pathEnd - 1] == bytes[end - 1] else { return false }
                pathEnd -= 1
                end -= 1
            }
            return findPieces(bytes, index, end, in: path, position, pathEnd)
        }
        return findPieces(bytes, index, end, in: path, position, path.count)
    }

    /// Whether the pieces between the stars of the pattern occur in the path one after the other.
    private static func findPieces(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int,
        in path: UnsafeBufferPointer<UInt8>, _ pathStart: Int, _ pathEnd: Int
    ) -> Bool {
        var (index, position) = (start, pathStart)
        while index < end {
            while index < end, bytes[index] == star { index += 1 }
            var pieceEnd = index
            while pieceEnd < end, bytes[pieceEnd] != star { pieceEnd += 1 }
            if index == pieceEnd { break }
            let piece = UnsafeBufferPointer(rebasing: bytes[index..<pieceEnd])
            let rest = UnsafeBufferPointer(rebasing: path[position..<pathEnd])
            guard let found = ByteSearch.first(piece, in: rest) else { return false }
            position += found + piece.count
            index = pieceEnd
        }
        return true
    }

    private static let star = UInt8(ascii: "*")
}
