/// What several hosts share, and what it is promised: one request at a time, and a gap after the end of each answer.
public struct Turn: Sendable, Hashable {
    /// What is shared.
    public enum Kind: String, Sendable, Hashable {
        /// All hosts of a site.
        case site
        /// All hosts at one numeric address, whatever site they belong to.
        case address
    }

    /// What is shared.
    public let kind: Kind
    /// The site's name, or the address.
    public let name: String
    /// For which site it is taken: a site that blocks us at an address is left alone there, others are not.
    public let site: String
    /// The least time between the end of an answer and the next request.
    public let gap: Duration

    /// Makes a turn.
    public init(_ kind: Kind, name: String, site: String, gap: Duration) {
        self.kind = kind
        self.name = name
        self.site = site
        self.gap = gap
    }

    /// "address|192.0.2.1".
    public var key: String { "\(kind.rawValue)|\(name)" }
}

/// What became of a wish to take a turn.
public enum TurnAnswer: Sendable, Hashable {
    /// It is the holder's until it is ended or given back.
    case taken
    /// Somebody's request is under way; nobody knows how long.
    case busy
    /// Nobody may ask before this time has passed.
    case wait(Duration)
    /// The site has blocked us there; nobody may ask for it before this time has passed.
    case blocked(Duration)
}

/// Turns over what several hosts share, exact across processes and machines. A turn is exclusive while its request is under way.
///
/// All calls are idempotent, so that one whose answer was lost can be made again.
public protocol TurnKeeper: Sendable {
    /// Takes a turn if it is free.
    ///
    /// - Parameters:
    ///   - holder: Another text for each request.
    ///   - hold: How long a request can take at most; a holder that is silent for longer is dead, and its answer counts as ended then.
    func take(_ turn: Turn, holder: String, hold: Duration) async throws -> TurnAnswer

    /// Ends a turn: an answer has just ended, also one whose turn was not taken, because it came from an address nobody expected.
    func end(_ turn: Turn, holder: String) async throws

    /// Gives a turn back without having asked.
    func giveBack(_ turn: Turn, holder: String) async throws

    /// Keeps a turn's site away from it for a while.
    func block(_ turn: Turn, for pause: Duration) async throws
}
