import CrawlEngine
import Recommender
import Terminal

/// The files of an evaluation, and how they become one set of numbers.
struct EvaluationFiles {
    let train: String
    let test: String
    var foldin: String?
    var items: [String] = []
    var candidates: String?
    var history: String?
    var like: Double?

    func read() throws -> EvaluationData {
        var (users, table) = (IdentifierTable(), IdentifierTable())
        func rows(_ name: String, _ form: RatingFile.Form = .ratings) throws -> RatingRows {
            var file = RatingFile(name, form)
            return try file.rows(users: &users, items: &table)
        }
        var (train, test) = (try rows(train), try rows(test))
        var foldin = try foldin.map { try rows($0) }
        var history = try history.map { try rows($0, .history) } ?? RatingRows()
        var candidates = try candidates.map { try rows($0, .items) }

        let counts = train.items.reduce(into: Array(repeating: 0, count: table.count)) { $0[Int($1)] += 1 }
        let names = (users.identifiers, table.identifiers)
        let movedItems = table.renumber {
            (counts[Int($1)], names.1[Int($0)]) < (counts[Int($0)], names.1[Int($1)])
        }
        let movedUsers = users.renumber { names.0[Int($0)] < names.0[Int($1)] }
        train.renumber(movedUsers, movedItems)
        test.renumber(movedUsers, movedItems)
        history.renumber(movedUsers, movedItems)
        foldin?.renumber(movedUsers, movedItems)
        candidates?.renumber(movedUsers, movedItems)

        let scale = scale(of: train)
        guard test.values.contains(where: { Double($0) >= scale.liked }) else {
            throw Failure(
                "\(self.test): no rating is \(scale.liked.short) or more, so that nobody likes anything; --like says otherwise"
            )
        }
        let everything = train.lists(users.count)
        let seen = foldin?.lists(users.count) ?? everything
        let held = test.lists(users.count, keepsRepeated: true)
        let ratingCounts = train.items.reduce(into: Array(repeating: 0, count: table.count)) { $0[Int($1)] += 1 }
        let catalogue = candidates?.items ?? train.items
        let evaluation = RankingEvaluation(
            test: held, seen: seen, catalogue: catalogue, ratingCounts: ratingCounts, likedThreshold: scale.liked)
        let rated = everything.filter { $0 > 0 }
        return EvaluationData(
            users: users.identifiers, items: table.identifiers, scale: scale, train: rated,
            known: foldin == nil ? rated : seen.filter { $0 > 0 },
            history: watched(history, everything, foldin == nil ? nil : seen, held, candidates?.items ?? []),
            evaluation: evaluation,
            areCandidatesCold: candidates?.items.allSatisfy { ratingCounts[Int($0)] == 0 } ?? false,
            facts: try facts(table))
    }

    private func scale(of train: RatingRows) -> RatingScale {
        let scale = RatingScale(of: train.values)
        guard like == nil else { return RatingScale(top: scale.top, liked: like) }
        if scale.top != RatingScale.ten.top {
            Console.note(
                "ratings go up to \(scale.top.short): liked is \(scale.liked.short) and more; --like says otherwise")
        }
        return scale
    }

    /// What was watched without a score. The history names what is held out as well, which must not be known, and candidates that are
    /// recommended as if nobody knew them.
    private func watched(
        _ history: RatingRows, _ train: RatingLists, _ foldin: RatingLists?, _ test: RatingLists, _ candidates: [Int32]
    ) -> RatingLists {
        let cold = Set(candidates)
        var rest = RatingRows()
        func add(_ user: Int32, _ item: Int32) {
            rest.users.append(user)
            rest.items.append(item)
            rest.values.append(0)
        }
        for (user, item) in zip(history.users, history.items) where !cold.contains(item) {
            let lists = [train[Int(user)], foldin?[Int(user)], test[Int(user)]].compactMap(\.self)
            if !lists.contains(where: { $0.contains(item) }) { add(user, item) }
        }
        for lists in [train, foldin].compactMap(\.self) {
            for user in 0..<lists.userCount {
                let list = lists[user]
                for (item, value) in zip(list.items, list.values) where value <= 0 { add(Int32(user), item) }
            }
        }
        return rest.lists(train.userCount)
    }

    private func facts(_ table: IdentifierTable) throws -> [ItemFacts?] {
        guard !items.isEmpty else { return [] }
        var file = ItemFactsFile()
        for name in items { try file.read(name) }
        let facts = table.identifiers.map { file[$0] }
        guard facts.contains(where: { $0 != nil }) else {
            throw Failure(
                "\(items.joined(separator: ", ")): none of the items that are rated; expected item, or mal_id, with the numbers of the ratings"
            )
        }
        return facts
    }
}

extension RatingRows {
    mutating func renumber(_ users: [Int32], _ items: [Int32]) {
        self.users = self.users.map { users[Int($0)] }
        self.items = self.items.map { items[Int($0)] }
    }

    func lists(_ userCount: Int, keepsRepeated: Bool = false) -> RatingLists {
        RatingLists(userCount: userCount, users: users, items: items, values: values, keepsRepeated: keepsRepeated)
    }
}

extension Double {
    /// Without ".0".
    var short: String { self == rounded() && magnitude < 1e15 ? String(Int(self)) : String(self) }
}
