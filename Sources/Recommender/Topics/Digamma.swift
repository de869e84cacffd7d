import Glibc

/// The derivative of the logarithm of the gamma function, for positive arguments; relative error below 1e-10.
///
/// Source: Bernardo, "Algorithm AS 103: Psi (Digamma) Function", Applied Statistics 25(3), 1976: recurrence up to 6, then the asymptotic
/// series.
func digamma(_ value: Double) -> Double {
    var (x, result) = (value, 0.0)
    if x <= 1e-6 { return -0.577_215_664_901_532_9 - 1 / x }
    while x < 6 {
        result -= 1 / x
        x += 1
    }
    let r = 1 / (x * x)
    result += log(x) - 0.5 / x
    return result - r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r * (1.0 / 132)))))
}
