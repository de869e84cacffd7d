import WebStandards

/// Lets an operator who has shown a token steer from the pages: a cookie that this process has signed, and for each form a word that only
/// our own pages know (a synchroniser token, OWASP's cheat sheet on CSRF).
///
/// The key lives as long as the process, so a restart signs everybody out, and nothing has to be stored.
struct OperatorSession: Sendable {
    /// How long one lasts.
    static let lifetime: Duration = .seconds(8 * 3_600)
    static let cookie = "animematcher_operator"

    private let key: [UInt8]

    init() {
        var generator = SystemRandomNumberGenerator()
        key = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// The cookie's value for a session that begins now: its end, a random word, and our signature.
    func begin(now: Int64) -> String {
        let end = now + Self.lifetime.components.seconds
        return sign("\(end).\(UInt64.random(in: 0...UInt64.max))")
    }

    /// Whether a cookie is of a session that lasts.
    func isValid(_ cookie: String, now: Int64) -> Bool {
        let parts = cookie.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let end = Int64(parts[0]), end > now else { return false }
        return Self.equal(Array(sign("\(parts[0]).\(parts[1])").utf8), Array(cookie.utf8))
    }

    /// The word that the forms of a session's pages carry.
    func formWord(of cookie: String) -> String {
        Hexadecimal.text(HMACSHA256.authenticate(Array("form \(cookie)".utf8), key: key))
    }

    /// Whether a form was made for this session.
    func accepts(form word: String, of cookie: String) -> Bool {
        Self.equal(Array(formWord(of: cookie).utf8), Array(word.utf8))
    }

    private func sign(_ text: String) -> String {
        "\(text).\(Hexadecimal.text(HMACSHA256.authenticate(Array(text.utf8), key: key)))"
    }

    private static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
