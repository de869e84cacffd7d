import Foundation

/// A parser with a mistake, to test the harness with: it cannot stand `BUG`, in the way that `FUZZ_SELF_TEST` says.
struct SelfTarget: FuzzTarget {
    static let name = "self-test"
    let seeds = ["abc", "some text that is longer", "B-U-G"]
    let dictionary = ["BU", "UG", "G", "x"]
    private let kind = ProcessInfo.processInfo.environment["FUZZ_SELF_TEST"]

    func check(_ input: [UInt8]) throws {
        guard String(decoding: input, as: UTF8.self).contains("BUG") else { return }
        switch kind {
        case "violation": throw Violation("violation: the input has BUG")
        case "crash": preconditionFailure("the input has BUG")
        case "hang": while true { usleep(10_000) }
        default: return
        }
    }
}
