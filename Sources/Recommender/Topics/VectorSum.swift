/// Adds `factor` times the `count` values at `source` to those at `target`: the inner loop of all products here.
///
/// Written with vectors, since the compiler otherwise asks for each row of thirty values whether the two overlap. Every value is rounded as
/// in a plain loop.
@inline(__always)
func addScaled(
    _ factor: Double, _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>, count: Int
) {
    var index = 0
    while index &+ 8 <= count {
        add(SIMD8<Double>.self, factor, source + index, target + index)
        index &+= 8
    }
    while index &+ 2 <= count {
        add(SIMD2<Double>.self, factor, source + index, target + index)
        index &+= 2
    }
    if index < count { target[index] += factor * source[index] }
}

@inline(__always)
private func add<Vector: SIMD>(
    _: Vector.Type, _ factor: Double, _ source: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>
) where Vector.Scalar == Double {
    let target = UnsafeMutableRawPointer(target)
    let sum =
        target.loadUnaligned(as: Vector.self) + UnsafeRawPointer(source).loadUnaligned(as: Vector.self) * factor
    target.storeBytes(of: sum, as: Vector.self)
}
