/// Something that is measured: a round of work that is done again and again.
struct Subject {
    /// What a round did.
    struct Round {
        /// How many times the thing was done.
        var operations = 0
        /// A number that peers doing the same must also get, or nearly so.
        var result = 0
    }

    /// Subjects of one benchmark are compared with each other.
    let benchmark: String
    /// Who does it, and how, where there are several ways.
    let who: String
    /// What is counted.
    let unit: String
    /// One round.
    let round: () async throws -> Round

    init(_ benchmark: String, _ who: String = "ours", unit: String, round: @escaping () async throws -> Round) {
        self.benchmark = benchmark
        self.who = who
        self.unit = unit
        self.round = round
    }
}
