import CrawlEngine
import WebStandards

/// That somebody has shown a token: what the cookie of an operator says, signed, so that nothing of it has to be stored.
///
/// The signing key is made of the database's secret and the hash of the token that was shown: whoever knows one of them alone signs nothing,
/// all instances know each other's sessions, restarts end none, and a token that leaves the configuration takes its sessions along.
struct OperatorSession: Sendable, Hashable {
    /// How long one lasts, in seconds.
    static let lifetime: Int64 = 8 * 3_600
    /// A cookie of ours is shorter.
    private static let longest = 200

    /// Random, so that no two sessions are alike.
    let id: String
    /// When it ends, in seconds since 1970.
    let end: Int64
    private let key: [UInt8]

    /// Begins a session for whoever showed `token`.
    init(token: TokenHash, secret: [UInt8], now: Int64) {
        var generator = SystemRandomNumberGenerator()
        id = Hexadecimal.text((0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) })
        end = now + Self.lifetime
        key = Self.key(token, secret)
    }

    /// Reads a cookie; nil for one that has ended, or that none of the tokens has signed.
    init?(cookie: String, tokens: [TokenHash], secret: [UInt8], now: Int64) {
        guard cookie.utf8.count <= Self.longest else { return nil }
        let parts = cookie.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let end = Int64(parts[0]), String(end) == parts[0], end > now,
            end <= now + Self.lifetime,
            let seal = Hexadecimal.bytes(parts[2].utf8)
        else { return nil }
        (id, self.end) = (String(parts[1]), end)
        // All of them are tried, whichever it is.
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        let keys = tokens.map { Self.key($0, secret) }
        let matching = keys.filter {
            Self.equal(HMACSHA256.authenticate(Array("session ".utf8) + signed, key: $0), seal)
        }
        guard let key = matching.first else { return nil }
        self.key = key
    }

    /// What the cookie says: the end, a random word, and the signature.
    var cookie: String { "\(end).\(id).\(seal("session", "\(end).\(id)"))" }

    /// The word that the forms of this session's pages carry, which no other site's page knows (OWASP's cheat sheet on CSRF: an HMAC of the
    /// session under a key that stays here).
    var formWord: String { seal("form", id) }

    /// Whether a form was made for this session.
    func accepts(form word: String) -> Bool { Self.equal(Array(formWord.utf8), Array(word.utf8)) }

    /// What shows that a text comes from us, to whoever holds this session.
    func seal(of text: String) -> String { seal("text", "\(id) \(text)") }

    /// Whether a text comes from us.
    func accepts(text: String, seal: String) -> Bool { Self.equal(Array(self.seal(of: text).utf8), Array(seal.utf8)) }

    private func seal(_ purpose: String, _ text: String) -> String {
        Hexadecimal.text(HMACSHA256.authenticate(Array("\(purpose) \(text)".utf8), key: key))
    }

    private static func key(_ token: TokenHash, _ secret: [UInt8]) -> [UInt8] {
        HMACSHA256.authenticate(Array(token.text.utf8), key: secret)
    }

    /// In a time that depends on lengths alone.
    private static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
