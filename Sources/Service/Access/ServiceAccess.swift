public import CrawlEngine
import Synchronization

/// Who may do what, as the configuration says at the moment.
public final class ServiceAccess: Sendable {
    private struct State {
        var settings: ServiceSettings
        var rule: HostRule
        var limiter: ClientLimiter?
    }

    private let listening: String
    private let settings: @Sendable () -> ServiceSettings
    private let state: Mutex<State>

    /// - Parameters:
    ///   - listening: The address that is listened on.
    ///   - settings: What the operator decided; asked for each request.
    public init(listening: String, settings: @escaping @Sendable () -> ServiceSettings) {
        self.listening = listening
        self.settings = settings
        state = Mutex(Self.state(settings(), listening: listening))
    }

    private static func state(_ settings: ServiceSettings, listening: String) -> State {
        State(
            settings: settings, rule: HostRule(listening: listening, hosts: settings.hosts),
            limiter: settings.requestsPerSecond.map { ClientLimiter(rate: $0) })
    }

    private func withState<Value>(_ body: (inout State) -> Value) -> Value {
        let newest = settings()
        return state.withLock { state in
            if state.settings != newest { state = Self.state(newest, listening: listening) }
            return body(&state)
        }
    }

    /// Which hosts and origins requests may state.
    var rule: HostRule { withState { $0.rule } }

    /// Asks for one request of a client; nil when it may be answered, else the time until the next one may.
    ///
    /// This machine asks as much as it likes: who can run programs on it needs no limit.
    func wait(of client: ClientAddress) -> Duration? {
        guard !client.isThisMachine else { return nil }
        return withState { $0.limiter?.take(client.text, now: .now) } ?? nil
    }

    /// How covers are shown.
    var images: ImageSettings { withState { $0.settings.images } }

    /// Whether anybody can steer at all.
    var hasTokens: Bool { withState { !$0.settings.tokens.isEmpty } }

    /// Whether a token allows to steer.
    func accepts(token: String) -> Bool { withState { $0.settings.tokens }.accept(token) }

    /// The tokens there are, as hashes.
    var tokens: [TokenHash] { withState { $0.settings.tokens } }
}
