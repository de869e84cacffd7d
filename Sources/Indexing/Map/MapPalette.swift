import Foundation

/// Colours that are told apart on light and on dark ground: hues a golden angle apart, in four lightnesses by turns.
///
/// Source: Ottosson, "A perceptual color space for image processing", 2020, for the OKLab space in which equal steps look equal.
struct MapPalette {
    /// What the colours are seen against.
    enum Ground { case light, dark }

    private let ground: Ground

    init(_ ground: Ground) { self.ground = ground }

    /// The colour of a number as `#rrggbb`.
    func colour(_ number: Int) -> String {
        let hue = hue(number)
        return Self.hex(lightness: lightness(number), chroma: ground == .light ? 0.15 : 0.13, hue: hue)
    }

    /// The same, so much darker or brighter than the ground that it can be read as a text.
    func ink(_ number: Int) -> String {
        Self.hex(lightness: ground == .light ? 0.40 : 0.88, chroma: 0.12, hue: hue(number))
    }

    private func hue(_ number: Int) -> Double {
        (Double(number) * 137.508 + 25).truncatingRemainder(dividingBy: 360) * .pi / 180
    }

    private func lightness(_ number: Int) -> Double {
        (ground == .light ? [0.62, 0.47, 0.70, 0.54] : [0.76, 0.64, 0.87, 0.70])[((number % 4) + 4) % 4]
    }

    private static func hex(lightness: Double, chroma: Double, hue: Double) -> String {
        let (a, b) = (chroma * cos(hue), chroma * sin(hue))
        let l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3)
        let m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3)
        let s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3)
        let linear = [
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
        ]
        let bytes = linear.map { value -> String in
            let clamped = min(max(value, 0), 1)
            let encoded = clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * pow(clamped, 1 / 2.4) - 0.055
            let digits = String(Int((encoded * 255).rounded()), radix: 16)
            return digits.count < 2 ? "0" + digits : digits
        }
        return "#" + bytes.joined()
    }
}
