/// Predicts what a person will give an item: effects of both, what ratings of like items say, and latent factors, blended by ridge
/// regression.
///
/// Works by fold-in for any list, also of people who were not there when it was fitted. The same lists in the same order give the same
/// predictions, bit for bit, whatever the number of threads. Made from `RatingStatistics` alone, it is a function of exact integer sums, so that an
/// increment equals a rebuild; the latent factors are left out then, because they are no such function.
public struct RatingPredictor: RatingModel {
    let parts: RatingParts
    let full: RatingBlend
    let quick: RatingBlend

    /// Makes a predictor from exact sums over people, without latent factors.
    ///
    /// - Parameter threads: How many threads share the pairs of items; the result does not depend on it.
    public init(_ statistics: RatingStatistics, threads: Int = 1) {
        parts = RatingParts(statistics, threads: threads)
        full = .standard(corrections: 3)
        quick = .standard(corrections: 2)
    }

    private init(_ parts: RatingParts, full: RatingBlend?, quick: RatingBlend?) {
        let corrections = parts.factors == nil ? 3 : 4
        self.parts = parts
        self.full = full ?? .standard(corrections: corrections)
        self.quick = quick ?? .standard(corrections: corrections - 1)
    }

    /// Fits everything to everybody's lists: once without some of the ratings, on which the parts are weighed, and once with all of them.
    ///
    /// Blocks the calling thread for some seconds per 300,000 ratings; call it from a thread of its own.
    ///
    /// - Parameters:
    ///   - lists: One list a person.
    ///   - itemCount: How many items there are; from the lists if nil.
    ///   - scale: The least and the greatest possible rating; from the lists if nil.
    ///   - settings: What is tuned.
    ///   - threads: How many threads share the work.
    public static func fit(
        _ lists: [RatedList], itemCount: Int? = nil, scale: ClosedRange<Float>? = nil,
        settings: RatingSettings = .init(), threads: Int = 1
    ) -> RatingPredictor {
        let itemCount = max(lists.itemCount(itemCount), lists.itemCount(nil))
        let scale = scale ?? ClosedRange(of: lists)
        let trial = RatingTrial(lists, seed: settings.seed)
        var blends: (full: RatingBlend?, quick: RatingBlend?) = (nil, nil)
        if trial.heldOutCount >= RatingBlend.fewest {
            let parts = RatingParts(
                trial.known, itemCount: itemCount, scale: scale, settings: settings, threads: threads)
            blends = trial.blends(parts, threads: threads)
        }
        let parts = RatingParts(lists, itemCount: itemCount, scale: scale, settings: settings, threads: threads)
        return RatingPredictor(parts, full: blends.full, quick: blends.quick)
    }

    /// Predictions for some items, by all parts: some 50 µs each.
    public func predictions(for list: RatedList, items: [Int]) -> [Float] {
        var evidence = parts.evidence(of: list)
        return items.map { parts.scale.clipping(full.prediction(evidence.full($0))) }
    }

    /// Predictions for every item, for ranking by them: without the interpolation, so a tenth of the time each, and not clipped.
    public func predictions(for list: RatedList) -> [Float] {
        let evidence = parts.evidence(of: list)
        return (0..<parts.correlations.itemCount).map { Float(quick.prediction(evidence.quick($0))) }
    }
}
