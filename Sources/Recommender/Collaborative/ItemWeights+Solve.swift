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
        let slots = Slots(repeating: SparseColumn(), count: count)
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
        let columns =
            side?.content?.mixed(
                into: slots.values, gram: gram, prior: side?.prior ?? 0, limit: settings.neighbours, threads: threads)
            ?? slots.values
        return ItemWeights(itemCount: count, columns: CompressedMatrix(columns), support: view.support)
    }
}
