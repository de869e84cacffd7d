import TestSupport
import Testing

@testable import Recommender

@Suite("RatingPredictor")
struct RatingPredictorTests {
    private static let lists = RatedLists.random(200, items: 40, ratings: 30, seed: 7)

    @Test("predictions do not depend on the number of threads, and scale with the scale")
    func scaleAndThreads() {
        let model = RatingPredictor.fit(Self.lists, threads: 1)
        let parallel = RatingPredictor.fit(Self.lists, threads: 3)
        let halves = RatedLists.random(200, items: 40, ratings: 30, seed: 7, factor: 0.5)
        let halved = RatingPredictor.fit(halves, threads: 2)
        let items = Array(0..<40)
        for place in [0, 50, 199] {
            let predictions = model.predictions(for: Self.lists[place], items: items)
            #expect(predictions == parallel.predictions(for: Self.lists[place], items: items))
            for (whole, half) in zip(predictions, halved.predictions(for: halves[place], items: items)) {
                #expect(abs(whole - 2 * half) < 0.02)
            }
        }
    }

    @Test("people who were not there are predicted better than by biases")
    func foldIn() {
        let divided = RatedLists.random(80, items: 40, ratings: 30, seed: 8).map { $0.divided { $0 % 5 != 0 } }
        let (known, heldOut) = (divided.map(\.kept), divided.map(\.others))
        let model = RatedLists.error(RatingPredictor.fit(Self.lists), known, heldOut)
        #expect(model < 0.8 * RatedLists.error(BiasBaseline.fit(Self.lists), known, heldOut))
    }

    @Test("nobody, an empty list and unknown items get an answer within the scale")
    func edges() {
        let model = RatingPredictor.fit(Self.lists)
        #expect(model.prediction(for: RatedList([]), item: 3) >= 1)
        #expect(model.prediction(for: Self.lists[0], item: 1_000) <= 10)
        #expect(model.prediction(for: RatedList([(item: 1_000, rating: 9)]), item: -1).isFinite)
        let empty = RatingPredictor.fit([])
        #expect(empty.prediction(for: RatedList([(item: 0, rating: 5)]), item: 0).isFinite)
        #expect(empty.predictions(for: RatedList([])).isEmpty)
        #expect(model.predictions(for: Self.lists[0]).count == 40)
    }

    @Test("a blend finds the weights that the ratings were made with")
    func blend() throws {
        var generator = SplitMix64(seed: 9)
        var evidence: [RatingBlend.Evidence] = []
        for _ in 0..<600 {
            let base = Double.random(in: 5...8, using: &generator)
            let first = Double.random(in: -2...2, using: &generator)
            let second = Double.random(in: -2...2, using: &generator)
            evidence.append(RatingBlend.Evidence(base: base, corrections: [first, second]))
        }
        let truth = RatingBlend(intercept: 0.5, weights: [0.3, -0.2])
        let ratings = evidence.map(truth.prediction)
        let blend = try #require(RatingBlend(evidence, ratings: ratings))
        #expect(abs(blend.intercept - 0.5) < 0.01)
        #expect(abs(blend.weights[0] - 0.3) < 0.01)
        #expect(abs(blend.weights[1] + 0.2) < 0.01)
        #expect(RatingBlend(Array(evidence.prefix(400)), ratings: Array(ratings.prefix(400))) == nil)
    }
}

@Suite("Rating baselines")
struct RatingBaselineTests {
    @Test("biases are what is left of the mean")
    func biases() {
        let list = RatedList([(item: 0, rating: 4), (item: 1, rating: 8)])
        let model = BiasBaseline.fit(Array(repeating: list, count: 100))
        #expect(MeanBaseline.fit([list]).prediction(for: list, item: 9) == 6)
        // Shrunk by 10 of 110: 2 · 100 ÷ 110.
        #expect(abs(model.prediction(for: list, item: 1) - 7.818) < 0.001)
        #expect(model.prediction(for: RatedList([]), item: 5) == 6)
    }

    @Test("neighbours carry a person's liking over")
    func neighbours() {
        let lists = RatedLists.random(300, items: 24, ratings: 16, seed: 10)
        let divided = lists.map { $0.divided { $0 % 5 != 0 } }
        let (known, heldOut) = (divided.map(\.kept), divided.map(\.others))
        let error = RatedLists.error(NeighbourBaseline.fit(lists), known, heldOut)
        #expect(error < 0.9 * RatedLists.error(BiasBaseline.fit(lists), known, heldOut))
    }

    @Test("masked factors restore ratings that are a product, and rank by direction alone")
    func maskedNMF() {
        let lists = (0..<12).map { person in
            let items = (0..<8).filter { !isHidden($0, person) }
            return RatedList(items.map { (item: Int32($0), rating: product($0, person)) })
        }
        let model = MaskedNMF.fit(lists, factors: 1, iterations: 200)
        for (person, list) in lists.enumerated() {
            for item in 0..<8 where isHidden(item, person) {
                let wanted = min(9.6, max(0.1, product(item, person)))
                #expect(abs(model.prediction(for: list, item: item) - wanted) < 0.02)
            }
        }
        #expect(model.scores(for: lists[0]).allSatisfy { abs($0 - 1) < 1e-5 })

        func product(_ item: Int, _ person: Int) -> Float { Float((person + 1) * (item + 1)) / 10 }
        func isHidden(_ item: Int, _ person: Int) -> Bool { (item + person + 1) % 4 == 0 }
    }
}

@Suite("Rating prediction on real ratings", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct RealRatingTests {
    @Test("a twelfth of the people: ahead of the best peer by three hundredths and more, and of biases by far")
    func anime() throws {
        let (train, test) = (try Self.ratings("train"), try Self.ratings("test"))
        let items = Set(train.map(\.item)).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, Int32($0)) })
        func lists(_ ratings: [Rating], _ users: [Int]) -> [RatedList] {
            let grouped = Dictionary(grouping: ratings, by: \.user)
            return users.map { user in
                RatedList(
                    (grouped[user] ?? []).compactMap { rating in
                        numbers[rating.item].map { (item: $0, rating: Float(rating.value)) }
                    })
            }
        }
        let users = Set(train.map(\.user)).sorted()
        let (known, heldOut) = (lists(train, users), lists(test, users))
        var settings = RatingSettings()
        settings.factors = 4
        settings.factorIterations = 6
        let ours = RatedLists.error(RatingPredictor.fit(known, settings: settings, threads: 2), known, heldOut)
        let peer = RatedLists.error(NeighbourBaseline.fit(known), known, heldOut)
        #expect(ours < peer - 0.03)
        #expect(ours < RatedLists.error(BiasBaseline.fit(known), known, heldOut) - 0.06)
    }

    /// The ratings of every twelfth person.
    private static func ratings(_ name: String) throws -> [Rating] {
        try RecordedMaterial.lines("data/splits/anime/tune/\(name).csv").dropFirst().compactMap { line in
            let fields = line.split(separator: ",")
            guard fields.count == 3, let user = Int(fields[0]), user % 12 == 0, let item = Int(fields[1]),
                let value = Double(fields[2])
            else { return nil }
            return Rating(user: user, item: item, value: value)
        }
    }
}
