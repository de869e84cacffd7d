/// The entries that hang together, by their places in a list, where children of several works do not make these one.
///
/// What joins peers, and a child with its only parent, is joined at once. A child with more is kept apart until its parents turn out to be of
/// one component; where they never do it is a crossover: it joins the component whose title it bears, if there is one, or stands alone.
struct Components {
    private var sets: DisjointSets
    private var edges: [EntryEdge] = []
    /// The edges that join, with their ends, and the one that is the parent, if one is.
    private var joining: [(edge: Int, first: Int, second: Int, parent: Int?)] = []

    init(count: Int) { sets = DisjointSets(count: count) }

    mutating func add(_ edge: EntryEdge, _ first: Int, _ second: Int, parent: Int?) {
        if edge.verdict.joins { joining.append((edges.count, first, second, parent)) }
        edges.append(edge)
    }

    /// An edge between a child and one of its several parents.
    private struct Deferred {
        let edge: Int, child: Int, parent: Int
    }

    /// Joins what is to be joined.
    ///
    /// The order in which it is done does not matter: a component that has its parents in one other keeps so whatever else is joined.
    ///
    /// - Parameter supported: Whether titles support that a child belongs to a parent, or two parents to each other.
    /// - Returns: The component of each, and the edges, those refused that would have joined works by a crossover.
    func resolve(supported: (Int, Int) -> Bool) -> (roots: [Int], edges: [EntryEdge]) {
        var (sets, edges) = (sets, edges)
        var parents: [Int: Int] = [:]
        for edge in joining {
            if let parent = edge.parent { parents[parent == edge.first ? edge.second : edge.first, default: 0] += 1 }
        }
        var deferred: [Deferred] = []
        for edge in joining {
            let child = edge.parent == edge.first ? edge.second : edge.first
            if let parent = edge.parent, parents[child, default: 0] > 1 {
                deferred.append(Deferred(edge: edge.edge, child: child, parent: parent))
            } else {
                sets.join(edge.first, edge.second)
            }
        }
        var (undecided, hosted): ([Deferred], Set<Int>) = (deferred, [])
        while !undecided.isEmpty {
            while Self.joinOnlyParents(undecided, &sets) {}
            var (hosts, decided): ([Deferred], Set<Int>) = ([], [])
            for edges in Self.open(undecided, &sets).values {
                let found = Self.hosts(among: edges, supported, &sets)
                if !found.isEmpty { decided.formUnion(edges.map(\.edge)) }
                hosts += found
            }
            if hosts.isEmpty { break }
            for host in hosts { sets.join(host.child, host.parent) }
            hosted.formUnion(hosts.map(\.edge))
            // With a host a crossover has one parent, and must not bring the others along.
            undecided.removeAll { decided.contains($0.edge) }
        }
        for edge in deferred {
            if sets.root(of: edge.child) != sets.root(of: edge.parent) {
                edges[edge.edge].verdict = .crossover
            } else if hosted.contains(edge.edge) {
                edges[edge.edge].verdict = .crossoverHost
            }
        }
        return (sets.roots, edges)
    }

    /// The edges that lead out of their child's component, by that component.
    private static func open(_ deferred: [Deferred], _ sets: inout DisjointSets) -> [Int: [Deferred]] {
        deferred.reduce(into: [:]) { open, edge in
            let own = sets.root(of: edge.child)
            if own != sets.root(of: edge.parent) { open[own, default: []].append(edge) }
        }
    }

    /// Joins components whose parents are all of one other; returns whether there was one.
    private static func joinOnlyParents(_ deferred: [Deferred], _ sets: inout DisjointSets) -> Bool {
        var hasJoined = false
        for edges in open(deferred, &sets).values where Set(edges.map { sets.root(of: $0.parent) }).count == 1 {
            for edge in edges { sets.join(edge.child, edge.parent) }
            hasJoined = true
        }
        return hasJoined
    }

    /// Of the edges of a crossover, those to parents whose title it bears: where these are of several components, only if they bear each
    /// other's too.
    private static func hosts(
        among edges: [Deferred], _ supported: (Int, Int) -> Bool, _ sets: inout DisjointSets
    ) -> [Deferred] {
        let borne = edges.filter { supported($0.child, $0.parent) }
        for (index, one) in borne.enumerated() {
            for other in borne[(index + 1)...]
            where sets.root(of: one.parent) != sets.root(of: other.parent) && !supported(one.parent, other.parent) {
                return []
            }
        }
        return borne
    }
}

/// Disjoint sets of 0 ..< count, with path halving and union by size.
///
/// Source: Tarjan & van Leeuwen, "Worst-case analysis of set union algorithms", JACM 1984.
public struct DisjointSets {
    private var parent: [Int]
    private var size: [Int]

    /// Each element alone.
    public init(count: Int) {
        parent = Array(0..<count)
        size = Array(repeating: 1, count: count)
    }

    /// The root of each.
    var roots: [Int] {
        var sets = self
        return parent.indices.map { sets.root(of: $0) }
    }

    /// The element that stands for all of its set, until the set is joined with another.
    public mutating func root(of element: Int) -> Int {
        var element = element
        while parent[element] != element {
            parent[element] = parent[parent[element]]
            element = parent[element]
        }
        return element
    }

    /// Makes one set of the two.
    public mutating func join(_ a: Int, _ b: Int) {
        let (first, second) = (root(of: a), root(of: b))
        guard first != second else { return }
        let (large, small) = size[first] >= size[second] ? (first, second) : (second, first)
        parent[small] = large
        size[large] += size[small]
    }
}
