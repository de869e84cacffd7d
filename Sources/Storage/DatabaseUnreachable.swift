import MongoDriver

/// MongoDB does not answer; says how to start it.
public struct DatabaseUnreachable: Error, CustomStringConvertible {
    private let hosts: [String]
    private let reason: String

    /// - Parameters:
    ///   - hosts: Where it was looked for.
    ///   - reason: What came of it.
    public init(hosts: [String], reason: String) { (self.hosts, self.reason) = (hosts, reason) }

    /// What to do about it too.
    public var description: String {
        """
        MongoDB at \(hosts.joined(separator: ", ")) does not answer: \(reason)
          Start one:       Scripts/mongod start
          Or name yours:   export MONGODB_URI='mongodb://host:27017/?replicaSet=rs0'
        """
    }

    /// Whether an error says that MongoDB did not answer, or not to the end.
    public static func isMeant(by error: any Error) -> Bool {
        switch (error as? any MongoErrorConvertible)?.mongoError?.code {
        case .unreachable, .network: true
        default: false
        }
    }
}
