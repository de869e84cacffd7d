import Foundation

/// Shares out a budget of requests so that the weighted part of pages that are stored as they are on the site is largest.
///
/// A page of rate λ that is asked at equal intervals `I` is fresh for `(1 − e^(−λI))/(λI)` of the time. With weights `w` and one
/// multiplier μ for the whole budget, the best interval has `w · (1 − e^(−x)(1 + x))/λ = μ` with `x = λI`: a pure function of the page and
/// μ, so that a site of any size needs only a histogram to find μ, and no page a look at others. Pages with `w/λ ≤ μ` change too often to
/// be worth a request; they are asked as rarely as their maximum age allows, like every page whose best interval is longer than that.
///
/// Source: Cho & Garcia-Molina, "Effective Page Refresh Policies for Web Crawlers", ACM TODS 28(4), 2003; Azar et al., "Tractable
/// near-optimal policies for crawling", PNAS 115(32), 2018 (weights).
public enum RefreshAllocation {
    /// Pages that are alike. Times and rates are in one unit, whichever.
    public struct Demand: Sendable, Hashable {
        /// Changes per unit of time, greater than 0.
        public let rate: Double
        /// What a page is worth against others, greater than 0.
        public let weight: Double
        /// The shortest interval.
        public let minimumAge: Double
        /// The longest interval.
        public let maximumAge: Double
        /// How many there are.
        public let pages: Double

        /// Makes a demand.
        public init(rate: Double, weight: Double, minimumAge: Double, maximumAge: Double, pages: Double = 1) {
            self.rate = rate
            self.weight = weight
            self.minimumAge = minimumAge
            self.maximumAge = maximumAge
            self.pages = pages
        }
    }

    /// The best interval of a page under a multiplier.
    public static func interval(of demand: Demand, multiplier: Double) -> Double {
        let best = exponent(for: multiplier * demand.rate / demand.weight) / demand.rate
        return min(max(best, demand.minimumAge), demand.maximumAge)
    }

    /// The multiplier that spends a budget of requests per unit of time.
    ///
    /// What the maximum ages ask for alone is spent even where it is more than the budget: then nothing else is, and politeness decides how
    /// late pages are. A budget larger than the minimum ages let be spent gives 0.
    public static func multiplier(of demands: [Demand], budget: Double) -> Double {
        func spent(_ multiplier: Double) -> Double {
            demands.reduce(0) { $0 + $1.pages / interval(of: $1, multiplier: multiplier) }
        }
        guard let most = demands.map({ $0.weight / $0.rate }).max(), spent(0) > budget else { return 0 }
        var (low, high) = (most * 1e-18, most)
        guard spent(high) < budget else { return high }
        while high / low > 1 + 1e-9 {
            let middle = (low * high).squareRoot()
            if spent(middle) > budget { low = middle } else { high = middle }
        }
        return high
    }

    /// The part of the time for which a page is stored as it is on the site.
    public static func freshness(rate: Double, interval: Double) -> Double {
        let exponent = rate * interval
        return exponent > 0 ? -expm1(-exponent) / exponent : 1
    }

    /// The `x` with `1 − e^(−x)(1 + x) = gain`, by Newton's method kept between bounds; infinite from 1 on.
    private static func exponent(for gain: Double) -> Double {
        guard gain > 0 else { return 0 }
        guard gain < 1 else { return .infinity }
        var (low, high) = (0.0, 64.0)
        var x = min(gain < 0.5 ? (2 * gain).squareRoot() : 1 - log(1 - gain), high)
        for _ in 0..<100 {
            let error = self.gain(x) - gain
            if error > 0 { high = x } else { low = x }
            let next = x - error / (x * exp(-x))
            let step = next > low && next < high ? next : (low + high) / 2
            if abs(step - x) <= 1e-12 * x { return step }
            x = step
        }
        return x
    }

    /// `1 − e^(−x)(1 + x)`, without the loss of digits near 0.
    private static func gain(_ x: Double) -> Double {
        x < 1e-4 ? x * x / 2 - x * x * x / 3 : 1 - exp(-x) * (1 + x)
    }
}
