import Glibc
import NIOCore

/// Requests cannot be taken at the address that was asked for; says which, and what to do.
public struct ListeningRefused: Error, CustomStringConvertible {
    /// For people.
    public let description: String

    /// What the system says of an address; nil for an error that is about something else.
    public init?(_ error: any Error, host: String, port: Int) {
        guard let error = error as? IOError else { return nil }
        switch error.errnoCode {
        case EADDRINUSE:
            description =
                "port \(port) of \(host) is taken by another program: name another one with --port, or end that"
        case EADDRNOTAVAIL: description = "--host \(host): expected an address of this machine"
        case EACCES:
            description = "port \(port) of \(host) may not be used by this user: name one from 1024 on with --port"
        default: return nil
        }
    }
}
