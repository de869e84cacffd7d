public import CrawlDomain

/// Turns that wait while their database is away: without it nobody knows who may ask, so nobody asks.
public struct PatientTurnKeeper: TurnKeeper {
    private let keeper: any TurnKeeper
    private let patience: Patience

    /// Waits on behalf of `keeper`.
    public init(_ keeper: any TurnKeeper, patience: Patience) {
        self.keeper = keeper
        self.patience = patience
    }

    public func take(_ turn: Turn, holder: String, hold: Duration) async throws -> TurnAnswer {
        try await patience.untilAnswered { try await keeper.take(turn, holder: holder, hold: hold) }
    }

    public func end(_ turn: Turn, holder: String) async throws {
        try await patience.untilAnswered { try await keeper.end(turn, holder: holder) }
    }

    public func giveBack(_ turn: Turn, holder: String) async throws {
        try await patience.untilAnswered { try await keeper.giveBack(turn, holder: holder) }
    }

    public func block(_ turn: Turn, for pause: Duration) async throws {
        try await patience.untilAnswered { try await keeper.block(turn, for: pause) }
    }
}
