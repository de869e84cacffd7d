/// How a file is compressed, as its ending says.
public enum FileCompression: String, Sendable, CaseIterable {
    case gzip = ".gz"
    case zstandard = ".zst"

    /// The compression of a name, and the name without that ending.
    public static func split(_ name: String) -> (name: String, compression: FileCompression?) {
        guard let found = allCases.first(where: { name.hasSuffix($0.rawValue) }) else { return (name, nil) }
        return (String(name.dropLast(found.rawValue.count)), found)
    }
}
