/// Allowing and disallowing patterns in the order in which they decide.
///
/// `*` stands for any bytes and a final `$` for the end. As no other wildcard exists, taking the first place for each literal piece
/// finds a match whenever there is one, so a pattern costs one pass over the path.
struct RobotsPatternList: Sendable {
    private var bytes: [UInt8] = []
    private var patterns: [RobotsPattern] = []

    init(_ rules: [(isAllow: Bool, pattern: Range<Int>)], of file: [UInt8], dialect: RobotsFile.Dialect) {
        patterns.reserveCapacity(rules.count)
        for (isAllow, range) in rules where !range.isEmpty {
            let pattern = file[range]
            add(pattern, isAllow: isAllow, dialect: dialect)
            if isAllow, dialect == .google { addDirectoryOfIndex(pattern) }
        }
        patterns.sort { $0.priority == $1.priority ? $0.isAllow && !$1.isAllow : $0.priority > $1.priority }
    }

    var isEmpty: Bool { patterns.isEmpty }

    /// Whether the longest matching pattern allows `path`, or none matches.
    func isAllowed(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        let path = RobotsPattern.Path(path)
        return patterns.withUnsafeBufferPointer { patterns in
            for pattern in patterns where pattern.mayMatch(path) {
                // What is shorter than a head has been compared already.
                if pattern.rest.isEmpty, !pattern.isAnchored { return pattern.isAllow }
                if bytes.withUnsafeBufferPointer({ Self.matches(pattern, $0, path.bytes) }) { return pattern.isAllow }
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
        patterns.append(RobotsPattern(bytes, start..<bytes.count, isAllow: isAllow, isAnchored: isAnchored))
    }

    /// Google takes `Allow: /x/index.html` to allow `/x/` as well.
    private mutating func addDirectoryOfIndex(_ pattern: ArraySlice<UInt8>) {
        guard let slash = pattern.lastIndex(of: UInt8(ascii: "/")),
            pattern[slash...].starts(with: "/index.htm".utf8)
        else { return }
        add(pattern[...slash] + [UInt8(ascii: "$")], isAllow: true, dialect: .google)
    }

    private static func matches(
        _ pattern: RobotsPattern, _ bytes: UnsafeBufferPointer<UInt8>, _ path: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        var (index, end) = (pattern.rest.lowerBound, pattern.rest.upperBound)
        var position = pattern.headCount
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
