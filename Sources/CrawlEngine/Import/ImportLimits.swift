/// What an imported file may ask for; whatever is larger is named and left out, and never held in memory.
public enum ImportLimits {
    /// Bytes of one CSV record: a quote that is never closed must not swallow the file.
    public static let csvRecordBytes = 1 << 20
    /// Fields of one CSV record.
    public static let csvFields = 1_000
    /// Bytes of one JSON record; MongoDB stores no larger ones.
    public static let jsonRecordBytes = 16 << 20
    /// Lists and objects nested in each other.
    public static let jsonDepth = 64
    /// Bytes of a list as XML, unpacked: a list of 100,000 anime has 90 MB.
    public static let xmlBytes = 128 << 20
    /// Elements nested in each other.
    public static let xmlDepth = 16
    /// How many times its own size a compressed file may have once it is unpacked.
    public static let expansion = 200
    /// Unpacked bytes up to which nobody asks how small the file was.
    public static let harmlessBytes = 64 << 20
    /// Rows of one person's list, as the schema of `users` has it.
    public static let listRows = 100_000
}
