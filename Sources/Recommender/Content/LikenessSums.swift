/// Two sums per item, zeros between uses; each thread has its own.
///
/// Both of an item lie side by side, as they are added to together: what is looked up is the greater part of the time.
final class LikenessSums {
    /// By item, each by the place of its ``LikenessQuestion``; zeros at the end up to a whole block.
    let values: UnsafeMutableBufferPointer<SIMD2<Float>>
    /// What years add to each item, for items of one year.
    let agreement: UnsafeMutableBufferPointer<SIMD2<Float>>
    /// Which year that is.
    var year: Int32?

    init(itemCount: Int) {
        let count = GreatestValues.paddedCount(itemCount)
        values = .allocate(capacity: count)
        values.initialize(repeating: .zero)
        agreement = .allocate(capacity: count)
        agreement.initialize(repeating: .zero)
    }

    deinit {
        values.deallocate()
        agreement.deallocate()
    }

    /// Makes all 0 again.
    func clear() { values.update(repeating: .zero) }

    /// Adds what the year adds.
    func addAgreement() {
        for place in values.indices { values[place] += agreement[place] }
    }

    /// The items with the greatest sums.
    ///
    /// - Parameter selection: Is used again for the next.
    func greatest(_ count: Int, _ question: LikenessQuestion, _ selection: inout GreatestValues) -> SparseColumn {
        guard let first = UnsafeRawPointer(values.baseAddress) else { return SparseColumn() }
        let sums = first.assumingMemoryBound(to: Float.self)
        selection.choose(count, of: sums + question.rawValue, itemCount: values.count, distance: 2)
        return selection.column
    }
}

/// For what items are compared; the place of its sums.
enum LikenessQuestion: Int {
    /// How surely who likes one likes the other.
    case direct
    /// Whose ratings speak best in place of those that an item lacks.
    case lending
}
