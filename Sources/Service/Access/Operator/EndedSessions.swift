/// Sessions that were signed out before their end: their cookies are signed still, and somebody may have kept one.
struct EndedSessions {
    /// So many are remembered; more than people sign out in the time that a session lasts.
    static let most = 10_000

    private var ends: [String: Int64] = [:]

    var count: Int { ends.count }

    /// Takes note that a session is over.
    mutating func add(_ session: OperatorSession, now: Int64) {
        if ends.count >= Self.most { ends = ends.filter { $0.value > now } }
        // Still too many: the one that ends first has least left to be misused.
        if ends.count >= Self.most, let first = ends.min(by: { $0.value < $1.value })?.key { ends[first] = nil }
        ends[session.id] = session.end
    }

    /// Whether a session is over.
    func contain(_ session: OperatorSession) -> Bool { ends[session.id] != nil }
}
