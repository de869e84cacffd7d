/// Thrown when a selector has taken all its steps.
struct OutOfSteps: Error {}

/// The steps a selector may still take on a document.
struct StepBudget {
    private var remaining: Int

    init(steps: Int) { remaining = max(1, steps) }

    /// Counts steps: a node looked at, or some sixteen bytes compared.
    @inline(__always)
    mutating func charge(_ steps: Int) throws(OutOfSteps) {
        remaining -= steps
        if remaining < 0 { throw OutOfSteps() }
    }

    @inline(__always)
    mutating func charge(bytes: Int) throws(OutOfSteps) { try charge(1 + bytes >> 4) }
}
