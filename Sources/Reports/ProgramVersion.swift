/// Which program this is.
public enum ProgramVersion {
    /// As releases are numbered.
    public static let text = "0.1.0"
}
