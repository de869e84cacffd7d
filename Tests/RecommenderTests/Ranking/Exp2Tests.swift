import Foundation
import Testing

@testable import Recommender

@Suite("Exp2")
struct Exp2Tests {
    @Test("powers are those of the system's library but for the last bits, whole ones exactly")
    func powers() {
        for step in -1_000...1_000 {
            let x = Float(step) / 37
            let power = Exp2.of(.init(repeating: x))[3]
            #expect(abs(power / exp2(x) - 1) < 3e-7, "\(x)")
        }
        for whole in -126...127 {
            #expect(Exp2.of(.init(repeating: Float(whole)))[0] == Float(sign: .plus, exponent: whole, significand: 1))
        }
    }
}
