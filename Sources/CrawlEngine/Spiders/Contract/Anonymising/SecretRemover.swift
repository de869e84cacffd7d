import WebStandards

/// Takes out what tells of a person or a session without being a name: tokens, cookies, e-mail addresses, numbers of users, pictures of them.
struct SecretRemover {
    /// What stands where something was.
    static let removed = "removed"
    static let avatar = "https://pictures.invalid/avatar.png"
    private static let email = "somebody@example.invalid"

    private var people: [String: Int] = [:]

    /// Words that name what nobody else may have.
    static let secretWords = [
        "csrf", "xsrf", "token", "nonce", "sessionid", "session_id", "session-id", "phpsessid", "secret", "password",
        "api_key", "apikey", "api-key", "authorization", "access_key", "signature", "jwt", "session", "bearer",
    ]

    /// Whether an attribute or key of this name has a secret for its value.
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return secretWords.contains { name.contains($0) }
    }

    /// The text without them.
    mutating func removing(from text: String) -> String {
        var text = text
        for (pattern, words) in Self.secrets where words.contains(where: { text.hasWord($0) }) {
            text = pattern.rewriting(text) { _ in Self.removed }
        }
        if text.hasWord("bearer") || text.hasWord("basic") {
            text = Self.schemes?.rewriting(text) { Self.isToken($0) ? Self.removed : nil } ?? text
        }
        if Self.atSigns.contains(where: text.hasWord) {
            text = Self.emails?.rewriting(text) { Self.isImage($0) ? nil : Self.email } ?? text
        }
        if text.hasWord("tel:") { text = Self.telephones?.rewriting(text) { _ in Self.telephone } ?? text }
        if text.hasWord("email") {
            text = Self.hiddenEmails?.rewriting(text) { Self.isHiddenEmail($0) ? Self.hiddenEmail : nil } ?? text
        }
        text = Self.pictures?.rewriting(text) { _ in Self.avatar } ?? text
        var people = people
        text =
            Self.numbers?.rewriting(text) { number in
                people[number] = people[number] ?? people.count + 1
                return people[number].map { String($0) }
            } ?? text
        self.people = people
        return text
    }

    /// The value behind such a word: in JSON, scripts, queries and attributes, escaped or not. Behind a colon it must be quoted, or the word:
    /// "Top Secret: Ryoushitsu" is a title.
    private static let secrets: [(Pattern, [String])] = {
        let words = #"(?i)[\w-]*(?:"# + secretWords.joined(separator: "|") + #")[\w-]*"#
        let quote = #"(?:\\?["']|&quot;|&#39;|&#039;|&#34;|&#x27;|&#x22;|%22|%27|\\u0022|\\u0027)"#
        let (colon, value) = (#"\s*(?::|%3A)\s*"#, #"(?:(?:bearer|basic|token)(?:\s|%20|\+)+)?([\w+/=.~%-]{6,})"#)
        let sources = [
            (words + quote + #"\s*(?:[:=]|%3A|%3D)\s*"# + quote + "?" + value, secretWords),
            (words + #"\s*(?:=|%3D)\s*"# + quote + "?" + value, secretWords),
            (words + colon + quote + value, secretWords),
            (#"(?i)cookie\s*=\s*"([^"]+)""#, ["cookie"]), (#"(?i)cookie\s*=\s*'([^']+)'"#, ["cookie"]),
            (
                #"(?i)[?&;](?:sid|sessid|auth|sig|access)=([\w+/=.~%-]{6,})"#,
                ["sid", "sessid", "auth", "sig", "access"]
            ),
            (#"(eyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]*)"#, ["eyj"]),
            (#"((?:AIza|AKIA|ghp_|gho_|xoxb-|xoxp-|sk_live_|pk_live_)[\w-]{12,})"#, prefixes.map { $0.lowercased() }),
        ]
        return sources.compactMap { source, words in (try? Pattern(source)).map { ($0, words) } }
    }()

    /// How keys of well-known services begin.
    private static let prefixes = ["AIza", "AKIA", "ghp_", "gho_", "xoxb-", "xoxp-", "sk_live_", "pk_live_"]

    /// Behind these a token stands in prose and headers too; "Basic information" is none.
    private static let schemes = try? Pattern(#"(?i)\b(?:bearer|basic)(?:\s|%20|\+)+([\w+/=.~%-]{6,})"#)

    /// Whether a text looks like no word: with digits, or capitals inside.
    private static func isToken(_ text: String) -> Bool {
        text.contains { $0.isNumber || "=+/".contains($0) }
            || text.dropFirst().contains(where: \.isUppercase)
                && text.contains(where: \.isLowercase)
    }

    private static let emails = try? Pattern(
        #"([A-Za-z0-9._%+-]{1,64}(?:@|%40|&#0?64;|&#x40;|&commat;|\\u0040)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24})"#
    )
    private static let atSigns = ["@", "%40", "&#64;", "&#064;", "&#x40;", "&commat;", "\\u0040"]
    private static let telephone = "+10000000000"
    private static let telephones = try? Pattern(#"(?i)\btel:((?:[\d+().-]|%20|%2b){4,40})"#)
    private static let hiddenEmails = try? Pattern(
        #"(?i)(?:data-cfemail=["']?|/email-protection#)([0-9a-f]+)"#)
    /// With nothing for a key.
    private static let hiddenEmail = "00" + email.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()

    /// Titles with an `@` are hidden too, and stay.
    private static func isHiddenEmail(_ hexadecimal: String) -> Bool {
        guard let text = HiddenEmails.text(hexadecimal) else { return true }
        return emails?.matches(in: text).isEmpty == false
    }

    private static let pictures: Pattern? = {
        let character = #"(?:[^\s"'<>(),&\\]|\\/)*"#
        return try? Pattern(
            #"(?i)((?:https?:)?\\?/"# + character + "(?:userimages|user_images|avatar)" + character + ")")
    }()
    private static let numbers = try? Pattern(
        #"(?i)(?:user|member|author|reviewer|owner)[_-]?id(?:\\?["']|&quot;)?\s*[:=]\s*(?:\\?["']|&quot;)?(\d{1,18})"#)

    /// `a@2x.png` looks like an address and is none.
    private static func isImage(_ text: String) -> Bool {
        ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "css", "js"].contains {
            text.lowercased().hasSuffix(".\($0)")
        }
    }
}

extension String {
    /// Whether a word in small ASCII letters stands in the text, letter case ignored.
    fileprivate func hasWord(_ word: String) -> Bool {
        let bytes = Array(utf8)
        let wanted = Array(word.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { start in
            wanted.indices.allSatisfy { index in
                let byte = bytes[start + index]
                return ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == wanted[index]
            }
        }
    }
}

extension Pattern {
    /// The text with the first group of each match replaced; nil leaves a match as it is.
    ///
    /// Goes through the text in pieces, since no more than `maximumTextLength` characters are looked at at once.
    func rewriting(_ text: String, _ replacement: (String) -> String?) -> String {
        let scalars = Array(text.unicodeScalars)
        var (result, start) = (String.UnicodeScalarView(), 0)
        while start < scalars.count {
            var end = min(start + Self.maximumTextLength / 2, scalars.count)
            if end < scalars.count,
                let cut = scalars[start..<end].lastIndex(where: { $0 == "<" || $0 == "\n" || $0 == "," }), cut > start
            {
                end = cut
            }
            var piece = String.UnicodeScalarView()
            piece.append(contentsOf: scalars[start..<end])
            result.append(contentsOf: rewritingPiece(String(piece), replacement).unicodeScalars)
            start = end
        }
        return String(result)
    }

    private func rewritingPiece(_ text: String, _ replacement: (String) -> String?) -> String {
        var (result, position) = (String.UnicodeScalarView(), 0)
        var source: ArraySlice<Unicode.Scalar>?
        for match in matches(in: text) {
            source = match.text
            guard match.ranges.count > 1, let range = match.ranges[1], let old = match[1], let new = replacement(old)
            else { continue }
            result.append(contentsOf: match.text[position..<range.lowerBound])
            result.append(contentsOf: new.unicodeScalars)
            position = range.upperBound
        }
        guard let source else { return text }
        result.append(contentsOf: source[position...])
        return String(result)
    }
}
