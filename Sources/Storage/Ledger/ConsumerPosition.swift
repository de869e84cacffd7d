public import MongoDriver

/// How far a consumer of the change log has come; written after the effect, so that a death in between repeats it and never skips it.
public struct ConsumerPosition: Sendable {
    let database: AnimeDatabase
    let consumer: String

    /// How far it has come.
    public struct State: Sendable, Hashable {
        /// The number of the last change it has taken in; 0 at the beginning.
        public var change: Int
        /// Sites whose changes after a number it has left out, because their publication is held.
        public var held: [String: Int]
        /// How the deliveries of a webhook go.
        public var delivery = DeliveryState()

        /// A position.
        ///
        /// - Parameters:
        ///   - change: The number of the last change that was taken in.
        ///   - held: Sites whose changes after a number were left out.
        public init(change: Int, held: [String: Int] = [:]) {
            self.change = change
            self.held = held
        }

        init(change: Int, held: [String: Int], delivery: DeliveryState) {
            self.init(change: change, held: held)
            self.delivery = delivery
        }
    }

    /// How far it has come.
    public func read() async throws(MongoError) -> State {
        let document = try await database.collection(.consumers).findOne(["_id": .string(consumer)])
        return State(
            change: document?["change"]?.intValue ?? 0,
            held: (document?["held"]?.documentValue).map(HeldSites.read) ?? [:],
            delivery: DeliveryState(document?["delivery"]?.documentValue ?? [:]))
    }

    /// Takes the consumer's turn, waiting while somebody else has it.
    ///
    /// - Throws: also when the task is cancelled meanwhile.
    public func takeTurn() async throws -> ConsumerTurn {
        while true {
            if let turn = try await ConsumerTurn.take(consumer, database: database) { return turn }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Takes the consumer's turn; nil while somebody else has it.
    public func takeTurnIfFree() async throws(MongoError) -> ConsumerTurn? {
        try await ConsumerTurn.take(consumer, database: database)
    }
}
