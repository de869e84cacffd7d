/// Why the demo site cannot do what was asked.
public struct DemoSiteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable {
        case unknownUser, unknownAnime, listen, badBehaviour, recordedPages, accessLog
    }

    /// The kind of failure.
    public let code: Code
    /// What it was about: a name, a port, the rule and the expected form.
    public let detail: String

    init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    /// "unknownUser: Kazovo".
    public var description: String { "\(code.rawValue): \(detail)" }
}
