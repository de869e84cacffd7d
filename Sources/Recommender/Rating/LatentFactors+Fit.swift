extension LatentFactors {
    /// Fits factors to lists: people given items, items given people, in turn.
    ///
    /// - Parameters:
    ///   - lists: Everybody's ratings.
    ///   - values: Each list's ratings in the person's own measure.
    ///   - threads: How many threads share the rows; the result does not depend on it.
    init(
        _ lists: [RatedList], values: [[Double]], effects: ItemEffects, settings: RatingSettings, threads: Int
    ) {
        var fit = FactorFit(lists, values: values, effects: effects, settings: settings, threads: threads)
        for round in 0..<settings.factorIterations { fit.improve(round) }
        self = fit.model
    }

    /// Items as they are before any rating was looked at: the mean is the effect, everybody's level counts fully, and small tastes that
    /// differ from item to item break the symmetry.
    init(effects: ItemEffects, settings: RatingSettings) {
        let count = effects.values.count
        let width = settings.factors + 1
        self.width = width
        items = []
        for item in 0..<count {
            items.append(effects[item])
            items.append(1)
            for factor in 1..<width {
                let bits = mixed(settings.seed ^ mixed(UInt64(item) << 16 | UInt64(factor)))
                items.append((Double(bits >> 11) / Double(1 << 53) - 0.5) * 0.35)
            }
        }
        offsets = Array(repeating: 0, count: count * width)
        presence = offsets
        variances = [0.7] + Array(repeating: 1, count: width - 1)
        noise = 1
        precisions = []
        setPrecisions(covariances: Array(repeating: 0, count: count * (width + 1) * (width + 2) / 2))
    }

    /// Recomputes what follows from the items' factors and their covariances (packed, of `m` and `v` together).
    mutating func setPrecisions(covariances: [Double]) {
        let size = width + 1
        let triangle = size * (size + 1) / 2
        let count = items.count / size
        precisions = Array(repeating: 0, count: count * packed)
        offsets = Array(repeating: 0, count: count * width)
        for item in 0..<count {
            let (row, covariance) = (item * size, item * triangle)
            for left in 0..<width {
                offsets[item * width + left] =
                    covariances[covariance + PackedCholesky.index(left + 1, 0)]
                for right in 0...left {
                    precisions[item * packed + PackedCholesky.index(left, right)] =
                        items[row + 1 + left] * items[row + 1 + right]
                        + covariances[covariance + PackedCholesky.index(left + 1, right + 1)]
                }
            }
        }
    }
}

/// The state of a fit.
private struct FactorFit {
    var model: LatentFactors
    private let lists: [RatedList]
    private let values: [[Double]]
    private let raters: RaterIndex
    private let settings: RatingSettings
    private let threads: Int
    /// The prior variance of an item's mean and of each of its factors.
    private var itemVariances: [Double]

    private static let firstItemVariance = 0.02
    private static let firstMeanVariance = 0.8
    /// Rounds before the priors are learnt from the posteriors.
    private static let calmRounds = 2

    init(
        _ lists: [RatedList], values: [[Double]], effects: ItemEffects, settings: RatingSettings, threads: Int
    ) {
        self.lists = lists
        self.values = values
        self.settings = settings
        self.threads = threads
        model = LatentFactors(effects: effects, settings: settings)
        raters = RaterIndex(lists, itemCount: effects.values.count)
        itemVariances = Array(repeating: Self.firstItemVariance, count: model.width + 1)
        itemVariances[0] = Self.firstMeanVariance
    }

    mutating func improve(_ round: Int) {
        let people = foldedIn()
        if round >= Self.calmRounds { learnPeople(people) }
        // A person's factors with a 1 before them, which goes with the item's mean.
        let width = model.width
        let moments = Rows(count: lists.count, threads: threads) { person in
            var moment: [Double] = [1]
            for left in 0..<width {
                moment.append(people[person].factors[left])
                for right in 0...left {
                    moment.append(
                        people[person].factors[left] * people[person].factors[right]
                            + people[person].covariance[PackedCholesky.index(left, right)])
                }
            }
            return moment
        }
        let posteriors = itemPosteriors(people, moments)
        if round > Self.calmRounds { learnItems(posteriors) }
        model.items = posteriors.flatMap(\.mean)
        model.setPrecisions(covariances: posteriors.flatMap(\.covariance))
        learnNoise(people, posteriors)
    }

    private func foldedIn() -> [LatentFactors.Person] {
        let (model, lists, values) = (model, lists, values)
        return Rows(count: lists.count, threads: threads) { model.person(lists[$0], values: values[$0]) }.values
    }

    /// What having rated an item says, by ridge regression, and how much it leaves open.
    private mutating func learnPeople(_ people: [LatentFactors.Person]) {
        let width = model.width
        if settings.presencePenalty > 0 {
            let regression = PresenceRegression(lists, raters: raters, width: width, penalty: settings.presencePenalty)
            model.presence = regression.solve(people.flatMap(\.factors), from: model.presence)
        }
        let expected = model.presence
        var sums = [Double](repeating: 0, count: width)
        var count = 0.0
        for (list, person) in zip(lists, people) where list.count > 0 {
            var mean = [Double](repeating: 0, count: width)
            for item in list.items {
                for index in 0..<width { mean[index] += expected[Int(item) * width + index] }
            }
            let scale = 1 / Double(list.count).squareRoot()
            for index in 0..<width {
                let difference = person.factors[index] - mean[index] * scale
                sums[index] += difference * difference + person.covariance[PackedCholesky.diagonal(index)]
            }
            count += 1
        }
        model.variances = sums.map { max(1e-4, $0 / max(1, count)) }
    }

    private func itemPosteriors(_ people: [LatentFactors.Person], _ moments: Rows<[Double]>) -> [ItemPosterior] {
        let (raters, values, noise, variances) = (raters, values, model.noise, itemVariances)
        let size = model.width + 1
        let moments = moments.values
        return Rows(count: raters.itemCount, threads: threads) { item in
            var precision = [Double](repeating: 0, count: size * (size + 1) / 2)
            var right = [Double](repeating: 0, count: size)
            for index in 0..<size { precision[PackedCholesky.diagonal(index)] = 1 / variances[index] }
            right[1] = 1 / variances[1]
            for place in raters.places(of: item) {
                let (person, position) = raters[place]
                let value = values[person][position] / noise
                moments[person].withUnsafeBufferPointer { moment in
                    for index in 0..<precision.count { precision[index] += moment[index] / noise }
                    for index in 0..<size { right[index] += value * moment[PackedCholesky.index(index, 0)] }
                }
            }
            let inverse = PackedCholesky(precision, size: size).inverse
            return ItemPosterior(mean: inverse.times(right), covariance: inverse.values)
        }.values
    }

    private mutating func learnItems(_ posteriors: [ItemPosterior]) {
        for index in itemVariances.indices {
            let expected = index == 1 ? 1.0 : 0.0
            var sum = 0.0
            for posterior in posteriors {
                let difference = posterior.mean[index] - expected
                sum += difference * difference + posterior.covariance[PackedCholesky.diagonal(index)]
            }
            itemVariances[index] = max(1e-6, sum / Double(max(1, posteriors.count)))
        }
    }

    /// The expected squared error over both sides' uncertainty.
    private mutating func learnNoise(_ people: [LatentFactors.Person], _ posteriors: [ItemPosterior]) {
        let (lists, values, size) = (lists, values, model.width + 1)
        let errors = Rows(count: lists.count, threads: threads) { person in
            var sum = 0.0
            let factors = [1] + people[person].factors
            for (item, value) in zip(lists[person].items, values[person]) {
                let posterior = posteriors[Int(item)]
                var (mean, spread) = (0.0, 0.0)
                for left in 0..<size {
                    mean += factors[left] * posterior.mean[left]
                    for right in 0...left {
                        let place = PackedCholesky.index(left, right)
                        let own =
                            right == 0 ? 0 : people[person].covariance[PackedCholesky.index(left - 1, right - 1)]
                        let term =
                            posterior.covariance[place] * (factors[left] * factors[right] + own)
                            + own * posterior.mean[left] * posterior.mean[right]
                        spread += left == right ? term : 2 * term
                    }
                }
                sum += (value - mean) * (value - mean) + spread
            }
            return sum
        }.values
        let count = lists.reduce(0) { $0 + $1.count }
        if count > 0 { model.noise = max(1e-3, errors.reduce(0, +) / Double(count)) }
    }
}

/// An item's mean and factors with their covariance.
private struct ItemPosterior {
    var mean: [Double]
    var covariance: [Double]
}
