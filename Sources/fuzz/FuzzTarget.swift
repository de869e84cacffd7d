/// One parser under test: what to start from, and what must hold for any input.
///
/// A check that traps, throws ``Violation``, hangs or takes all memory is a finding.
protocol FuzzTarget {
    /// The name on the command line.
    static var name: String { get }

    /// Makes ready what all inputs share.
    init()

    /// Valid inputs to mutate.
    var seeds: [String] { get }

    /// Pieces that mean something to the parser.
    var dictionary: [String] { get }

    /// Endings of the names of corpus files whose content is an input.
    var fileNames: [String] { get }

    /// Members of the JSON objects of corpus files (`.jsonl`) whose text is an input.
    var members: Set<String> { get }

    /// Bytes of the longest input.
    var maximumLength: Int { get }

    /// Runs the parser on an input.
    func check(_ input: [UInt8]) throws
}

extension FuzzTarget {
    var fileNames: [String] { [] }
    var members: Set<String> { [] }
    var maximumLength: Int { 512 }
}

/// Something that must always hold does not.
struct Violation: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Throws a ``Violation`` unless `condition` holds.
func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    if !condition { throw Violation(message()) }
}
