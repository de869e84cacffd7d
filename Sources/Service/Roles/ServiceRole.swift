/// What one process of the service can do; several processes share the work, whatever their roles.
public enum ServiceRole: String, CaseIterable, Sendable {
    /// Runs the crawls that are due.
    case crawl
    /// Says which crawls are due.
    case schedule
    /// Keeps the index and the change log.
    case index
    /// Tells webhooks of changes.
    case webhooks
    /// Answers requests.
    case http

    /// Reads roles with commas between them; each counts once, in the order in which they are started.
    ///
    /// - Throws: ``Unknown`` for a word that is no role, and for none at all.
    public static func list(_ text: String) throws(Unknown) -> [ServiceRole] {
        var wanted: Set<ServiceRole> = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = word.trimmingPrefix(while: \.isWhitespace)
            guard let role = ServiceRole(rawValue: String(name)) else { throw Unknown(name: String(name)) }
            wanted.insert(role)
        }
        return allCases.filter(wanted.contains)
    }

    /// A word that is no role.
    public struct Unknown: Error, CustomStringConvertible {
        let name: String
        public var description: String {
            "'\(name)' is no role; expected some of \(allCases.map(\.rawValue).joined(separator: ", ")), with commas"
        }
    }
}
