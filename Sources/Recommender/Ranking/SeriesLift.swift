import Glibc

/// Lifts what begins a whole series: when the members of a series have scores, they speak for one another.
///
/// For lists of what a person does not know yet, one of each series. The best member alone undervalues a series of which several members
/// are close; their sum overvalues long series. Each member's score is multiplied with the series' p-norm over its greatest score, so the
/// order within a series, and each score's reasons, stay what they are.
public struct SeriesLift: Sendable, Hashable {
    /// `p` of the norm: 1 is the sum of the members' scores, infinity the greatest alone.
    public var power: Float

    /// Makes a lift; the default is the tuned one.
    public init(power: Float = 3) {
        self.power = power
    }

    /// The lifted scores, one per item.
    ///
    /// - Parameters:
    ///   - scores: One score per item.
    ///   - series: The series of each item, a number from 0 on; negative for an item that is alone.
    ///   - unwanted: Items that cannot be recommended; they lift nothing.
    public func scores(
        _ scores: [Float], series: [Int32], without unwanted: some Sequence<Int32> = EmptyCollection()
    ) -> [Float] {
        precondition(series.count == scores.count, "a series for each item")
        guard let last = series.max(), last >= 0 else { return scores }
        var offered = scores
        for item in unwanted where item >= 0 && item < offered.count { offered[Int(item)] = 0 }
        var greatest = Array(repeating: Float(0), count: Int(last) + 1)
        for (item, number) in series.enumerated() where number >= 0 {
            greatest[Int(number)] = max(greatest[Int(number)], offered[item])
        }
        var sums = Array(repeating: Float(0), count: greatest.count)
        for (item, number) in series.enumerated() where number >= 0 && offered[item] > 0 {
            sums[Int(number)] += pow(offered[item] / greatest[Int(number)], power)
        }
        let factors = sums.map { $0 > 1 ? pow($0, 1 / power) : 1 }
        return zip(scores, series).map { $1 >= 0 ? $0 * factors[Int($1)] : $0 }
    }
}
