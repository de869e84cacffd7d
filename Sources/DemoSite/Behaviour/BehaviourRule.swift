/// One thing that goes wrong, and for which requests.
public struct BehaviourRule: Sendable, Hashable {
    /// For which of the requests whose path matches.
    public enum Occasion: Sendable, Hashable {
        /// All of them.
        case always
        /// The nth, 2nth … of them.
        case every(Int)
        /// The first n to each path and query: a fault that passes.
        case first(Int)
        /// Always the same share of paths, in percent, chosen by the seed.
        case share(Int)
    }

    /// What goes wrong.
    public var fault: Fault
    /// Path and query with `*` for any characters. robots.txt is spared unless the pattern names it.
    public var path: String
    /// For which of them.
    public var occasion: Occasion

    /// A rule.
    public init(_ fault: Fault, path: String = "*", occasion: Occasion = .always) {
        self.fault = fault
        self.path = path
        self.occasion = occasion
    }

    func matches(_ target: String) -> Bool {
        if target == "/robots.txt", !path.contains("robots.txt") { return false }
        return Self.matches(pattern: Array(path.utf8), Array(target.utf8))
    }

    /// Greedy with one point to return to: linear in practice, quadratic at worst.
    private static func matches(pattern: [UInt8], _ text: [UInt8]) -> Bool {
        var place = 0
        var position = 0
        var star: (place: Int, position: Int)?
        while position < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = (place, position)
                place += 1
            } else if place < pattern.count, pattern[place] == text[position] {
                place += 1
                position += 1
            } else if let last = star {
                star = (last.place, last.position + 1)
                place = last.place + 1
                position = last.position + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
