/// How a command is sent.
public enum CommandKind: Sendable {
    /// With read concern majority; tried once more after a network error.
    case read
    /// With write concern majority.
    case write
    /// Both, such as an aggregation that writes.
    case readWrite
    /// As it stands.
    case plain
}
