/// Fits item weights and remembers how, so that the next time only what depends on something new is fitted again.
///
/// A column is a function of its neighbours and of the rounded entries between them and itself (``ColumnSolver``). One of which all of
/// these are what they were is taken over; so the result has the very bytes of a first fit, by construction and not within a tolerance.
///
/// `@unchecked Sendable`: it may be handed from one thread to another, but is used by one at a time.
public final class WeightSolver: @unchecked Sendable {
    private let settings: SLIMSettings
    private var matrix = SolverMatrix()
    /// Of each item what was fitted last.
    private var fits: [Fit] = []
    /// What items were described as last, and what follows from it.
    private var described: (items: [ItemDescription], side: SideInformation, similarities: TriangularSteps?)?
    /// Columns that were fitted by the last call; the others were taken over.
    public private(set) var fittedCount = 0

    /// Remembers nothing yet.
    public init(settings: SLIMSettings = .init()) { self.settings = settings }

    /// Fits the model: a pure function of the arguments and the settings, bit for bit, whatever was fitted before and whatever the number
    /// of threads.
    ///
    /// Blocks the calling thread; call it from a thread of its own.
    ///
    /// - Parameters:
    ///   - gram: The item–item matrix; it may change in the meantime, the solver keeps this snapshot.
    ///   - side: What is known of the items without ratings; nil for ratings alone. It may describe more items than were rated.
    ///   - threads: How many threads share the columns.
    public func solve(gram: GramMatrix, side: SideInformation? = nil, threads: Int = 1) -> ItemWeights {
        solve(GramView(gram, side: side, threads: threads), gram, side, threads: threads)
    }

    /// The same for items that are described: what follows from the descriptions alone is worked out again only when they have changed.
    public func solve(gram: GramMatrix, describing items: [ItemDescription], threads: Int = 1) -> ItemWeights {
        if described?.items != items { describe(items) }
        let view = GramView(
            gram, side: described?.side, similarities: described?.similarities, threads: threads)
        described?.similarities = view.similarities
        return solve(view, gram, described?.side, threads: threads)
    }

    private func describe(_ items: [ItemDescription]) {
        guard let known = described, known.items.count == items.count,
            zip(known.items, items).allSatisfy({ $0.agrees(with: $1) })
        else {
            described = (items, SideInformation(items), nil)
            return
        }
        described = (items, known.side.with(figuresOf: items), known.similarities)
    }

    private func solve(_ view: GramView, _ gram: GramMatrix, _ side: SideInformation?, threads: Int) -> ItemWeights {
        fit(view, threads: threads)
        let fitted = fits.map(\.column)
        let columns =
            side?.content?.mixed(
                into: fitted, gram: gram, prior: side?.prior ?? 0, limit: settings.neighbours, threads: threads)
            ?? fitted
        return ItemWeights(itemCount: view.itemCount, columns: CompressedMatrix(columns), support: view.support)
    }

    private func fit(_ view: GramView, threads: Int) {
        // Items are only ever added; with fewer it is another catalogue, and nothing holds.
        if view.itemCount < matrix.itemCount { (matrix, fits) = (SolverMatrix(), []) }
        let count = view.itemCount
        let changes = matrix.update(from: view, threads: threads)
        fits += Array(repeating: Fit(), count: count - fits.count)
        let norms = (0..<count).map { item in
            let diagonal = matrix[item, item]
            return diagonal > 0 ? 1 / diagonal.squareRoot() : 0
        }
        let slots = Slots<Fit?>(repeating: nil, count: count)
        let check = ScreeningCheck(changes, matrix, inverseNorms: norms)
        let (input, settings, known, order) = (matrix, settings, fits, order)
        forEachParallel(count: count, threads: threads) { next in
            var solver = ColumnSolver(matrix: input, inverseNorms: norms, settings: settings)
            let members = MemberBits(count: count)
            while let number = next() {
                let item = Int(order[number])
                let isUnchanged = Self.isUnchanged(item, known[item], changes, check, &solver, members)
                if isUnchanged { continue }
                let screened = Array(solver.screen(item: item))
                slots[item] = Fit(
                    neighbours: screened, lastScore: solver.lastScore, column: solver.solve(item: item))
            }
        }
        fittedCount = 0
        for item in 0..<count {
            guard let fit = slots[item] else { continue }
            fits[item] = fit
            fittedCount += 1
        }
    }

    /// All items, each after one that it was most like, as far as there is one: columns of neighbours read the same rows of the matrix, which
    /// are then in the processor's caches.
    private var order: [Int32] {
        var order: [Int32] = []
        order.reserveCapacity(fits.count)
        var isTaken = Array(repeating: false, count: fits.count)
        for first in fits.indices where !isTaken[first] {
            var next: Int32? = Int32(first)
            while let item = next {
                isTaken[Int(item)] = true
                order.append(item)
                next = fits[Int(item)].neighbours.prefix(Self.neighboursInOrder).first { !isTaken[Int($0)] }
            }
        }
        return order
    }

    /// How many of the best neighbours may come next.
    private static let neighboursInOrder = 20

    /// Whether an item has the neighbours it had, in the same order, and every entry between them and itself is what it was.
    private static func isUnchanged(
        _ item: Int, _ fit: Fit, _ changes: EntryChanges, _ check: ScreeningCheck?, _ solver: inout ColumnSolver,
        _ members: borrowing MemberBits
    ) -> Bool {
        fit.neighbours.withUnsafeBufferPointer { known in
            withUnsafePointer(to: Int32(item)) { pointer in
                let own = UnsafeBufferPointer(start: pointer, count: 1)
                members.insert(known)
                members.insert(own)
                defer {
                    members.remove(known)
                    members.remove(own)
                }
                if changes.touch(own, members) || changes.touch(known, members) { return false }
                if let check, check.isSettled(item, lastScore: fit.lastScore, members) { return true }
                return known.elementsEqual(solver.screen(item: item))
            }
        }
    }
}

/// A fitted column with what it was fitted to.
private struct Fit: Sendable {
    /// Best first.
    var neighbours: [Int32] = []
    /// The screening's score of the last neighbour when there are as many as there may be, else 0.
    var lastScore: Float = 0
    var column = SparseColumn()
}
