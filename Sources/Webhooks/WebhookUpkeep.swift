import CrawlEngine
public import Storage

/// What an operator does about a webhook that does not get on; waits while somebody delivers.
public struct WebhookUpkeep: Sendable {
    private let position: ConsumerPosition

    /// Of the webhook of this name.
    public init(database: AnimeDatabase, webhook: String) {
        position = database.position(of: Consumer.name(ofWebhook: webhook))
    }

    /// Lets it deliver again at once, whatever stopped it or made it wait.
    public func resume() async throws {
        try await change { state in
            (state.stopped, state.next, state.error) = (nil, nil, nil)
            (state.failures, state.parkedInARow) = (0, 0)
        }
    }

    /// Gives up what is parked: all of it, or one change, after which the document's next one may be delivered.
    ///
    /// - Returns: How many were given up.
    public func drop(number: Int? = nil) async throws -> Int {
        var count = 0
        try await change { state in
            let before = state.parked.count
            state.parked.removeAll { number == nil || $0.number == number }
            count = before - state.parked.count
        }
        return count
    }

    /// Begins after a change, without delivering those before it.
    public func skip(to number: Int) async throws {
        try await change(to: number) { state in (state.end, state.singlyTo, state.next) = (nil, nil, nil) }
    }

    private func change(to number: Int? = nil, _ body: (inout DeliveryState) -> Void) async throws {
        let turn = try await position.takeTurn()
        var state = try await position.read()
        body(&state.delivery)
        try await turn.write(change: number ?? state.change, state.delivery, delivered: false)
        try await turn.end()
    }
}
