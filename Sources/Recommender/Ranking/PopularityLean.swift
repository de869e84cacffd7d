import Glibc

/// How much the ranking for a list leans to what many like: a short list to it, a long one away from it.
///
/// Few ratings say little, so that what most people like is the better guess; who has rated hundreds of anime has passed over what most
/// people like for a reason. Each score is multiplied with `(support + prior)^a`, where `a` shrinks with the logarithm of the list's
/// length. One factor for a whole score, so the reasons' shares stay what they are.
public struct PopularityLean: Sendable, Hashable {
    /// The length of a list that leans to neither side.
    public var neutralLength: Float
    /// What a list of half the neutral length adds to the exponent, and one of twice the length takes away.
    public var strength: Float
    /// The exponent's bound to both sides.
    public var limit: Float
    /// What is added to each item's support, in squared weights: for items that hardly anybody rated.
    public var prior: Float

    /// The prior that models have the logarithms for.
    static let usualPrior: Float = 50

    /// Makes a lean; the defaults are the tuned ones.
    public init(neutralLength: Float = 50, strength: Float = 0.03, limit: Float = 0.1, prior: Float = 50) {
        self.neutralLength = neutralLength
        self.strength = strength
        self.limit = limit
        self.prior = prior
    }

    /// No lean: scores stay as they are.
    public static let none = PopularityLean(strength: 0)

    /// The lean of lists of what is new to a person: sooner away from what many like, and further.
    ///
    /// Somebody who knows no part of what most people watched has passed over all of them.
    public static let discovery = PopularityLean(neutralLength: 30, strength: 0.05, limit: 0.15)

    /// The exponent `a` for a list.
    ///
    /// - Parameter length: How many items have a weight.
    public func exponent(length: Int) -> Float {
        guard length > 0 else { return 0 }
        return min(max(strength * log2(neutralLength / Float(length)), -limit), limit)
    }

    /// Multiplies scores in place; those of a model that does not know its support stay as they are.
    ///
    /// - Parameters:
    ///   - scores: One score per item of the model.
    ///   - length: How many items of the list have a weight.
    func apply(to scores: inout [Float], of model: ItemWeights, length: Int) {
        let exponent = exponent(length: length)
        guard exponent != 0, model.support.count == scores.count else { return }
        let logarithms = prior == Self.usualPrior ? model.supportLogarithms : Self.logarithms(model.support, prior)
        scores.withUnsafeMutableBytes { scores in
            logarithms.withUnsafeBytes { logarithms in
                let step = MemoryLayout<SIMD8<Float>>.size
                let whole = scores.count / step * step
                for offset in stride(from: 0, to: whole, by: step) {
                    let score = scores.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                    let logarithm = logarithms.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                    let leaned = Self.leaned(score, logarithm, exponent)
                    scores.storeBytes(of: leaned, toByteOffset: offset, as: SIMD8<Float>.self)
                }
                for offset in stride(from: whole, to: scores.count, by: MemoryLayout<Float>.size) {
                    let score = scores.loadUnaligned(fromByteOffset: offset, as: Float.self)
                    let logarithm = logarithms.loadUnaligned(fromByteOffset: offset, as: Float.self)
                    let leaned = Self.leaned(.init(repeating: score), .init(repeating: logarithm), exponent)
                    scores.storeBytes(of: leaned[0], toByteOffset: offset, as: Float.self)
                }
            }
        }
    }

    /// Scores of 0 and less stay.
    @inline(__always)
    private static func leaned(
        _ scores: SIMD8<Float>, _ logarithms: SIMD8<Float>, _ exponent: Float
    ) -> SIMD8<Float> {
        scores.replacing(with: scores * Exp2.of(exponent * logarithms), where: scores .> 0)
    }

    /// `log2(support + prior)` of each item.
    static func logarithms(_ support: [Float], _ prior: Float) -> [Float] { support.map { log2($0 + prior) } }
}
