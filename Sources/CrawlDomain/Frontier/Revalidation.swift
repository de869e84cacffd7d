public import WebStandards

/// How a URL whose page is stored can be asked "only if it has changed".
public struct Revalidation: Sendable, Hashable {
    /// What the server called the state that is stored.
    public var validators: Validators
    /// How many seconds the server says that a state is fresh; nil when it does not say.
    public var statedLifetime: Int64?

    /// The version of the spider that read the page: another one may find more in it, and needs it whole.
    public let spiderVersion: String

    /// Makes one; nil where there is nothing to ask by.
    public init?(validators: Validators, statedLifetime: Int64? = nil, spiderVersion: String) {
        guard !validators.isEmpty else { return nil }
        self.validators = validators
        self.statedLifetime = statedLifetime
        self.spiderVersion = spiderVersion
    }
}
