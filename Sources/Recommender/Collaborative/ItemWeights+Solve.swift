extension ItemWeights {
    /// Fits the model to a Gram matrix: a pure function of its arguments, bit for bit, whatever the number of threads.
    ///
    /// Blocks the calling thread for a second or so per 10,000 items; call it from a thread of its own. Who fits again and again to what
    /// changes little keeps a ``WeightSolver``.
    ///
    /// - Parameters:
    ///   - gram: The item–item matrix; it may change in the meantime, the solver keeps this snapshot.
    ///   - side: What is known of the items without ratings; nil for ratings alone. It may describe more items than were rated.
    ///   - settings: Penalties and limits.
    ///   - threads: How many threads share the columns.
    public static func solve(
        gram: GramMatrix, side: SideInformation? = nil, settings: SLIMSettings = .init(), threads: Int = 1
    ) -> ItemWeights {
        WeightSolver(settings: settings).solve(gram: gram, side: side, threads: threads)
    }
}
