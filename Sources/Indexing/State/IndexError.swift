/// Why the index cannot be used or built.
public struct IndexError: Error, Sendable, CustomStringConvertible {
    /// Bounded, so it can label a metric.
    public enum Code: String, Sendable {
        case notBuilt = "not_built"
        case corruptPart = "corrupt_part"
        case unknownTitle = "unknown_title"
        case missingDictionary = "missing_dictionary"
        case tooLittleText = "too_little_text"
        case held
        /// The collections change faster than they can be read.
        case busy
    }

    /// The bounded kind of error.
    public let code: Code
    /// What is wrong and what to do about it.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Publication of sites is held because they have drifted.
    static func held(sites: [String]) -> IndexError {
        let names = sites.joined(separator: ", ")
        return IndexError(
            .held,
            "publication of \(names) is held, since fields are no longer filled as they were; see `animematcher drift list`, "
                + "repair the spider and run `animematcher reparse \(sites.first ?? "SITE")`, or `animematcher drift release`"
        )
    }

    static func corrupt(_ part: String) -> IndexError {
        IndexError(.corruptPart, "the index's part '\(part)' cannot be read; run `animematcher index build`")
    }
}
