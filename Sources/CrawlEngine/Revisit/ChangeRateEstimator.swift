public import CrawlDomain
import Foundation

/// Estimates how often a page changes from visits that only tell *whether* it did: by maximum likelihood, drawn towards what is usual.
///
/// Changes come as a Poisson process of rate λ, so that a visit after `I` finds one with probability `1 − e^(−λI)`. The prior is a Gamma
/// density whose mode is the usual rate; `strength` says how many changes it weighs. The posterior's mode is the only root of
/// `k/λ − k/λ₀ + Σ_changed I/(e^(λI) − 1) − Σ_unchanged I`, which falls in λ. Without the prior a page that changed every time, or never,
/// would have no estimate at all.
///
/// Source: Cho & Garcia-Molina, "Estimating Frequency of Change", ACM TOIT 3(3), 2003, section 4.3 (irregular intervals).
public struct ChangeRateEstimator: Sendable, Hashable {
    /// The usual rate, in changes per second, greater than 0.
    public let usualRate: Double
    /// The prior's weight `k`, in changes.
    public let strength: Double

    /// Makes an estimator; what is usual gives way after the first visits.
    public init(usualRate: Double, strength: Double = 0.3) {
        self.usualRate = usualRate
        self.strength = strength
    }

    /// The rate, in changes per second.
    public func rate(of history: ChangeHistory) -> Double {
        guard history.unchanged > 0 || !history.changed.isEmpty else { return usualRate }
        // Bisection by ratio: the rates of pages differ by powers of ten.
        var (low, high) = (usualRate * 1e-9, usualRate * 1e9)
        while high / low > 1 + 1e-6 {
            let middle = (low * high).squareRoot()
            if slope(at: middle, history) > 0 { low = middle } else { high = middle }
        }
        return (low * high).squareRoot()
    }

    /// The derivative of the log posterior.
    private func slope(at rate: Double, _ history: ChangeHistory) -> Double {
        history.changed.reduce(strength / rate - strength / usualRate - history.unchanged) { sum, interval in
            sum + interval.weight * interval.seconds / expm1(min(700, rate * interval.seconds))
        }
    }

    /// The bias-reduced estimate `−ln((X̄ + ½)/(n + ½))/I` of a page visited at equal intervals `I`, where `X̄` of `n` visits found no
    /// change; the naive `changes/visits` can never exceed one change a visit.
    ///
    /// Source: Cho & Garcia-Molina 2003, section 4.2.
    public static func regularRate(visits: Int, changed: Int, interval: Double) -> Double {
        -log((Double(visits - changed) + 0.5) / (Double(visits) + 0.5)) / interval
    }
}
