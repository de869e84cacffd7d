extension ItemWeights {
    /// Fits the model to a Gram matrix: a pure function of its arguments, bit for bit, whatever the number of threads.
    ///
    /// Blocks the calling thread for some seconds per 10,000 items; call it from a thread of its own.
    ///
    /// - Parameters:
    ///   - gram: The item–item matrix; it may change in the meantime, the solver keeps this snapshot.
    ///   - side: What is known of the items without ratings; nil for ratings alone. It may describe more items than were rated.
    ///   - settings: Penalties and limits.
    ///   - threads: How many threads share the columns.
    public static func solve(
        gram: GramMatrix, side: SideInformation? = nil, settings: SLIMSettings = .init(), threads: Int = 1
    ) -> ItemWeights {
        let view = GramView(gram, side: side, threads: threads)
        let count = view.itemCount
        let blocks = (count + GramView.blockWidth - 1) / GramView.blockWidth
        let slots = ColumnSlots(count: count)
        forEachParallel(count: blocks, threads: threads) { next in
            var solver = ColumnSolver(view: view, settings: settings)
            let buffer = UnsafeMutablePointer<Float>.allocate(capacity: GramView.blockWidth * count)
            defer { buffer.deallocate() }
            while let block = next() {
                let first = block * GramView.blockWidth
                let columns = first..<min(first + GramView.blockWidth, count)
                view.copyColumns(columns, to: buffer)
                for item in columns {
                    slots[item] = solver.solve(item: item, column: buffer + (item - first) * count)
                }
            }
        }
        let columns = withBorrowed(slots.columns, view, limit: settings.neighbours, threads: threads)
        return ItemWeights(itemCount: count, columns: CompressedMatrix(columns), support: view.support)
    }

    /// Gives items that nobody rated the columns of the items most like them.
    private static func withBorrowed(
        _ columns: [SparseColumn], _ view: GramView, limit: Int, threads: Int
    ) -> [SparseColumn] {
        guard view.hasSide else { return columns }
        let cold = columns.indices.filter { !view.isRated($0) }
        let source = BorrowedColumns(view: view, columns: columns, limit: limit)
        let slots = ColumnSlots(count: cold.count)
        forEachParallel(count: cold.count, threads: threads) { next in
            while let place = next() { slots[place] = source.column(of: cold[place]) }
        }
        var result = columns
        for (place, item) in cold.enumerated() { result[item] = slots[place] }
        return result
    }
}

/// A place for each solved column.
///
/// `@unchecked Sendable`: each place is written by the one thread that was handed its number, and read when all threads are done.
private final class ColumnSlots: @unchecked Sendable {
    private let places: UnsafeMutableBufferPointer<SparseColumn>

    init(count: Int) {
        places = .allocate(capacity: count)
        places.initialize(repeating: SparseColumn())
    }

    deinit {
        places.deinitialize()
        places.deallocate()
    }

    subscript(index: Int) -> SparseColumn {
        get { places[index] }
        set { places[index] = newValue }
    }

    var columns: [SparseColumn] { Array(places) }
}
