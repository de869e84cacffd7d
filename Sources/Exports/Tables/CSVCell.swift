/// One value in a CSV file.
public enum CSVCell: Sendable, Hashable {
    /// Nothing.
    case empty
    /// Text from anywhere.
    case text(String)
    /// A number, a truth value or a date of ours, which no program takes for a formula.
    case plain(String)
}
