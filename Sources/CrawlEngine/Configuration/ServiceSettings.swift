/// What the operator decided of the HTTP service: `service:` of the configuration.
public struct ServiceSettings: Sendable, Hashable {
    /// What the tokens that allow to steer hash to; without one nothing can be steered over HTTP.
    public var tokens: [TokenHash] = []
    /// Names under which the service is reached, besides this machine's own.
    public var hosts: [String] = []
    /// Requests a second that one client may ask for in the long run; nil for no limit.
    public var requestsPerSecond: Int? = 50
    /// How pages show covers.
    public var images = ImageSettings()

    /// The defaults: readable on this machine, steered by nobody.
    public init() {}
}
