public import CrawlDomain
public import WebStandards

/// Whom the operator wants to be told of changes.
public struct Webhook: Sendable, Hashable {
    /// Small letters, digits and '-'.
    public let name: String
    /// Where changes are sent.
    public let url: WebURL
    /// The environment variable that holds the secret.
    public let secretVariable: String
    /// Changes of what are sent.
    public var subjects = Set(ChangeSubject.allCases)
    /// Changes in one message at most.
    public var batch = 100
    /// Whether the documents as they are now are sent, too.
    public var includesDocuments = false

    /// One with the defaults: all subjects, a hundred changes at once, no documents.
    public init(name: String, url: WebURL, secretVariable: String) {
        self.name = name
        self.url = url
        self.secretVariable = secretVariable
    }
}
