/// Why something could not be taken out or brought back.
public struct ExportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, bounded and free of values.
    public enum Code: String, Sendable {
        /// There is a file of this name, which may not be replaced.
        case exists
        /// A file cannot be written or read.
        case file
        /// The data cannot be said in this form.
        case form
    }

    /// What went wrong.
    public let code: Code
    /// The file, what is wrong, and what to do.
    public let description: String

    /// Makes an error.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
