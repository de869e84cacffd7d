/// Why a database cannot be used by this program.
public enum MigrationError: Error, Sendable, CustomStringConvertible {
    /// A newer program has changed how documents are stored.
    case newerDatabase(name: String, version: Int, known: Int)
    /// A backup was being put back, and not all of it is there.
    case cutRestore(name: String)

    /// What is the matter, and what to do.
    public var description: String {
        switch self {
        case .newerDatabase(let name, let version, let known):
            """
            the database '\(name)' is of version \(version), and this program knows versions up to \(known): a newer AnimeMatcher has \
            written it, and this one would take its documents back. Use the newer program, or name another database
            """
        case .cutRestore(let name):
            "the database '\(name)' is not whole: a restore was cut off, or is under way; when none is, repeat it with --replace"
        }
    }
}
