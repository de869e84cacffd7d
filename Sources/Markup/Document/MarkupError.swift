/// Why a page could not be read, or a selector not be answered.
public struct MarkupError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Bounded and free of values, so it can label a metric.
    public enum Code: String, Sendable, Hashable {
        /// libxml2 had no memory for the tree.
        case outOfMemory
        /// An XML document without any element.
        case noRootElement
        /// The selector took more steps than `MarkupLimits.maximumSelectorSteps`.
        case selectorTooExpensive
        /// The selector failed on this document, such as by adding a number to a set of nodes.
        case selectorFailed
        /// The node given as starting point belongs to another document.
        case foreignNode
    }

    /// The bounded kind of error.
    public let code: Code
    /// What libxml2 said, or which selector it was.
    public let cause: String

    public var description: String { "\(code.rawValue): \(cause)" }
}

extension MarkupError {
    static let noMemory = MarkupError(code: .outOfMemory, cause: "there is no memory for a tree")
    static let noRootElement = MarkupError(code: .noRootElement, cause: "the document has no element")
}
