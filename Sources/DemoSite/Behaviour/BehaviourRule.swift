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
        /// The first n to each path and query of such a share.
        case firstOfShare(Int, percent: Int)
        /// Such a share, once so many requests matched.
        case shareAfter(Int, percent: Int)
    }

    /// What goes wrong.
    public var fault: Fault
    /// Path and query with `*` for any characters. robots.txt is spared unless the pattern names it.
    public var path: String
    /// The Host header without a port, with `*` for any characters.
    public var host: String
    /// For which of them.
    public var occasion: Occasion

    /// A rule.
    public init(_ fault: Fault, path: String = "*", host: String = "*", occasion: Occasion = .always) {
        self.fault = fault
        self.path = path
        self.host = host
        self.occasion = occasion
    }

    func matches(_ request: Request) -> Bool {
        if request.target == "/robots.txt", !path.contains("robots.txt") { return false }
        return Self.matches(pattern: Array(path.utf8), Array(request.target.utf8))
            && (host == "*" || Self.matches(pattern: Array(host.utf8), Array(request.hostName.utf8)))
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
