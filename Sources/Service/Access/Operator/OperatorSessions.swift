import CrawlEngine
import Foundation
import HTTPTypes
import Hummingbird
import Synchronization

/// Signs operators in and out, and knows them again by their cookies.
final class OperatorSessions: Sendable {
    /// Why somebody was not signed in.
    enum Refusal: Error {
        case wrongToken
        /// Too many wrong ones came from there.
        case tooMany(wait: Duration)
        /// The configuration has no token.
        case nobodyCan
    }

    private struct State {
        var ended = EndedSessions()
        // A token cannot be guessed; whoever tries makes noise all the same.
        var attempts = ClientLimiter(rate: 1.0 / 30, atOnce: 5)
    }

    private let access: ServiceAccess
    /// Known to all processes on the database, and to nobody else.
    private let secret: @Sendable () async throws -> [UInt8]
    private let state = Mutex(State())

    init(access: ServiceAccess, secret: @escaping @Sendable () async throws -> [UInt8]) {
        self.access = access
        self.secret = secret
    }

    /// Whether anybody can sign in.
    var isPossible: Bool { access.hasTokens }

    /// Begins a session for whoever shows a token.
    ///
    /// - Parameter client: Where the request comes from; wrong tokens are counted by it.
    func signIn(_ token: String, client: ClientAddress, now: Date = Date()) async throws -> OperatorSession {
        guard access.hasTokens else { throw Refusal.nobodyCan }
        // Judged first: behind a proxy all come from one address, and others' wrong tokens keep nobody out.
        guard access.accepts(token: token) else {
            if let wait = state.withLock({ $0.attempts.take(client.text, now: .now) }) {
                throw Refusal.tooMany(wait: wait)
            }
            throw Refusal.wrongToken
        }
        return OperatorSession(token: TokenHash(of: token), secret: try await secret(), now: Self.seconds(now))
    }

    /// The session of a request; nil for one without, and when it has ended.
    func session(of request: Request, now: Date = Date()) async throws -> OperatorSession? {
        let tokens = access.tokens
        let cookies = Self.cookies(request)
        guard !tokens.isEmpty, !cookies.isEmpty else { return nil }
        let secret = try await secret()
        for cookie in cookies {
            guard
                let session = OperatorSession(
                    cookie: cookie, tokens: tokens, secret: secret, now: Self.seconds(now)),
                !state.withLock({ $0.ended.contain(session) })
            else { continue }
            return session
        }
        return nil
    }

    /// Ends a session, for whoever has its cookie.
    func signOut(_ session: OperatorSession, now: Date = Date()) {
        state.withLock { $0.ended.add(session, now: Self.seconds(now)) }
    }

    private static func seconds(_ date: Date) -> Int64 { Int64(date.timeIntervalSince1970) }
}

extension OperatorSessions {
    private static let name = "animematcher_operator"
    /// Browsers take it from TLS alone, and for this host alone (RFC 6265bis, section 4.1.3.2).
    private static let secureName = "__Host-animematcher_operator"
    /// Cookies of one name that are looked at: another path's or host's may stand before ours.
    private static let mostCookies = 4

    /// The field that gives a session to the browser; none ends the one it has.
    ///
    /// - Parameter isSecure: Whether the browser reaches us over TLS.
    static func field(_ session: OperatorSession?, isSecure: Bool) -> String {
        let value = session.map { "\($0.cookie); Max-Age=\(OperatorSession.lifetime)" } ?? "; Max-Age=0"
        return
            "\(isSecure ? secureName : name)=\(value); Path=/; HttpOnly; SameSite=Strict\(isSecure ? "; Secure" : "")"
    }

    /// Whether the browser that sent a form reaches us over TLS: it says from where its page came, which was one of ours.
    static func isSecure(_ request: Request) -> Bool {
        (request.headers[.origin] ?? "").lowercased().hasPrefix("https:")
    }

    private static func cookies(_ request: Request) -> [String] {
        let pairs = request.headers[values: .cookie].joined(separator: ";").split(separator: ";").map {
            $0.trimmingPrefix { $0 == " " }
        }
        let own = pairs.compactMap { pair -> String? in
            for name in [secureName, name] where pair.hasPrefix("\(name)=") {
                return String(pair.dropFirst(name.count + 1))
            }
            return nil
        }
        return Array(own.prefix(mostCookies))
    }
}
