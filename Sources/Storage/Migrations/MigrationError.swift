/// Why a database cannot be used by this program.
public enum MigrationError: Error, Sendable, CustomStringConvertible {
    /// A newer program has changed how documents are stored.
    case newerDatabase(name: String, version: Int, known: Int)

    /// What is the matter, and what to do.
    public var description: String {
        switch self {
        case .newerDatabase(let name, let version, let known):
            """
            the database '\(name)' is of version \(version), and this program knows versions up to \(known): a newer AnimeMatcher has \
            written it, and this one would take its documents back. Use the newer program, or name another database
            """
        }
    }
}
