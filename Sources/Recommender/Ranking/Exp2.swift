/// `2^x` of eight numbers at once.
///
/// The nearest whole number goes into the exponent's bits; the rest, a half at most, into the Taylor polynomial of degree 7, whose next term is
/// below 2e-9. In one order of operations and without the system's library, so that all processors give the same bits.
enum Exp2 {
    /// `2^x` for `x` from -126 to 127, with a relative error below 3e-7.
    @inline(__always)
    static func of(_ x: SIMD8<Float>) -> SIMD8<Float> {
        // Adding 1.5 · 2^23 rounds to a whole number, which then stands in the lowest bits.
        let shift = SIMD8<Float>(repeating: 12_582_912)
        let shifted = x + shift
        let rest = x - (shifted - shift)
        // ln(2)^k / k!
        var sum = SIMD8<Float>(repeating: 1.5252733804059838e-5)
        sum = sum * rest + 1.5403530393381608e-4
        sum = sum * rest + 1.3333558146428443e-3
        sum = sum * rest + 9.6181291076284769e-3
        sum = sum * rest + 5.5504108664821576e-2
        sum = sum * rest + 0.24022650695910072
        sum = sum * rest + 0.69314718055994529
        sum = sum * rest + 1
        let power = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &<< 23
        return unsafeBitCast(unsafeBitCast(sum, to: SIMD8<Int32>.self) &+ power, to: SIMD8<Float>.self)
    }
}
