/// What is known between two entries, and what was made of it.
public struct EntryEdge: Sendable, Hashable {
    /// What one page says of the other entry.
    public struct Statement: Sendable, Hashable {
        /// The entry that says so.
        public let by: String
        /// The relation as the site writes it; nil where it says that both are the same anime.
        public let relation: String?
        /// What it means.
        public let kind: RelationKind?
    }

    /// Why two entries are joined, or not.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// A page says that both are the same anime.
        case same
        /// A relation that joins is stated, and nobody contradicts.
        case stated
        /// What is stated is ambiguous or contradicted; the titles decide that it joins.
        case supported
        /// A child of several works that joins the one whose title it bears.
        case crossoverHost = "crossover_host"

        /// Only relations are stated that lead into other works.
        case leadsElsewhere = "leads_elsewhere"
        /// One side states a relation that joins, the other one that does not, and the titles say nothing.
        case contradicted
        /// Only a relation is stated that is said of strangers too, and the titles say nothing.
        case ambiguous
        /// A child of several works that are not one: it must not make them one.
        case crossover

        /// Whether the two are joined by this.
        public var joins: Bool {
            switch self {
            case .same, .stated, .supported, .crossoverHost: true
            case .leadsElsewhere, .contradicted, .ambiguous, .crossover: false
            }
        }
    }

    /// The two entries, by key.
    public let first: String, second: String
    /// What pages say, those of the first entry first.
    public let statements: [Statement]
    /// How far titles support it.
    public let titles: TitleStem.Agreement
    /// What was made of it.
    public internal(set) var verdict: Verdict

    /// The entries that state a relation which may join and does not, each with the other one.
    public var refusals: [(by: String, target: String)] {
        guard !verdict.joins, verdict != .leadsElsewhere else { return [] }
        return statements.filter { $0.kind?.strength != .leadsElsewhere }.map { statement in
            (statement.by, statement.by == first ? second : first)
        }
    }

    /// The entry at the other end; nil for an entry at neither.
    public func other(than key: String) -> String? { key == first ? second : key == second ? first : nil }

    /// The child and the parent, where all that joins says that one depends on the other.
    var dependency: (child: String, parent: String)? {
        var found: (child: String, parent: String)?
        for statement in statements {
            guard let kind = statement.kind, kind.strength == .joins else {
                if statement.kind == nil { return nil }
                continue
            }
            let target = statement.by == first ? second : first
            let pair: (child: String, parent: String)
            switch kind.direction {
            case .peers: return nil
            case .targetIsParent: pair = (statement.by, target)
            case .targetIsChild: pair = (target, statement.by)
            }
            if let found, found.child != pair.child { return nil }
            found = pair
        }
        return found
    }
}

extension EntryEdge {
    /// Judges what two entries say of each other, before crossovers are looked for.
    ///
    /// - Parameter titles: Asked where the statements do not decide.
    init(_ first: String, _ second: String, _ statements: [Statement], titles: () -> TitleStem.Agreement) {
        (self.first, self.second, self.statements) = (first, second, statements)
        let isSame = statements.contains { $0.kind == nil }
        let strengths = { (key: String) in
            Set(statements.filter { $0.by == key }.compactMap { $0.kind?.strength })
        }
        let sides = [strengths(first), strengths(second)]
        let isStated = sides.contains { $0.contains(.joins) }
        let isContradicted = isStated && sides.contains([.leadsElsewhere])
        let isAmbiguous = !isStated && sides.contains { $0.contains(.needsSupport) }
        self.titles = titles()
        verdict =
            if isSame {
                .same
            } else if isStated && !isContradicted {
                .stated
            } else if isStated {
                self.titles > .none ? .supported : .contradicted
            } else if isAmbiguous {
                // Spin-offs are called after their work too.
                self.titles == .whole ? .supported : .ambiguous
            } else {
                .leadsElsewhere
            }
    }
}
