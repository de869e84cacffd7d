/// A Set-Cookie field as it was sent, not yet judged against who sent it (RFC 6265bis, 5.6).
struct SetCookie: Hashable {
    /// Name and value together, as the RFC says.
    static let maximumBytes = 4096
    /// Longer attributes are passed over.
    static let maximumAttributeBytes = 1024
    /// Nothing is remembered for longer: 400 days (5.5).
    static let maximumAge: Int64 = 400 * 86_400

    let name: String
    let value: String
    /// Without a leading dot, in lower case; nil when not stated or empty.
    private(set) var domain: String?
    /// Nil when not stated or relative.
    private(set) var path: String?
    private(set) var isSecure = false
    private(set) var isHTTPOnly = false
    private(set) var expires: Int64?

    /// Nil for a field that must be ignored as a whole.
    ///
    /// - Parameter now: Seconds since 1970, to which Max-Age is added.
    init?(_ text: String, now: Int64) {
        guard text.hasOnlyCookieCharacters else { return nil }
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard let first = parts.first else { return nil }
        let pair = first.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        name = pair.count == 2 ? pair[0].trimmedBlanks : ""
        value = (pair.count == 2 ? pair[1] : first).trimmedBlanks
        guard (1...Self.maximumBytes).contains(name.utf8.count + value.utf8.count) else { return nil }
        var (maximumAge, date): (Int64?, Int64?)
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = pair.count == 2 ? pair[1].trimmedBlanks : ""
            guard value.utf8.count <= Self.maximumAttributeBytes else { continue }
            switch pair[0].trimmedBlanks.lowercased() {
            case "expires": date = CookieDate.seconds(value) ?? date
            case "max-age": maximumAge = Self.age(value) ?? maximumAge
            case "domain": domain = Self.domain(value)
            case "path": path = value.hasPrefix("/") ? value : nil
            case "secure": isSecure = true
            case "httponly": isHTTPOnly = true
            // SameSite among them: it speaks of pages that embed each other, which a crawler has none of.
            default: break
            }
        }
        expires = maximumAge.map { now + $0 } ?? date.map { min($0, now + Self.maximumAge) }
    }

    /// Seconds, 0 for "at once".
    private static func age(_ text: String) -> Int64? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit) else { return nil }
        if text.hasPrefix("-") { return 0 }
        // What does not fit is longer than the longest.
        return min(Int64(digits) ?? maximumAge, maximumAge)
    }

    private static func domain(_ text: String) -> String? {
        let name = (text.hasPrefix(".") ? text.dropFirst() : text[...]).lowercased()
        return name.isEmpty ? nil : name
    }

    /// Whether what its name promises holds (5.4): `__Secure-` came over https; `__Host-` also is for one host as a whole.
    func keepsPromise(toSecure isSecureTarget: Bool) -> Bool {
        // A cookie without a name must not look like one with a promise when it is sent.
        let claim = (name.isEmpty ? value : name).lowercased()
        let isSafe = isSecure && isSecureTarget && !name.isEmpty
        if claim.hasPrefix("__host-") { return isSafe && domain == nil && path == "/" }
        return !claim.hasPrefix("__secure-") || isSafe
    }
}

extension String {
    /// No control characters but the tab.
    fileprivate var hasOnlyCookieCharacters: Bool { utf8.allSatisfy(\.isFieldCharacter) }
}

extension Substring {
    fileprivate var trimmedBlanks: String {
        var rest = self
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
