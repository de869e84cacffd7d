import WebStandards

/// Made-up names for people, the same for the same person.
struct Pseudonyms {
    private let key: [UInt8]?
    private var known: [String: String] = [:]

    /// - Parameter key: With it a person is called the same on all pages; without it people are numbered on each page by itself.
    init(key: [UInt8]?) { self.key = key }

    /// The name to stand for a name, letter case ignored; digits stand for digits, so that patterns such as `{id:int}` still match.
    mutating func pseudonym(of name: String) -> String {
        let person = name.lowercased()
        if let pseudonym = known[person] { return pseudonym }
        let isNumber = person.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let pseudonym = isNumber ? "\(number(for: person))" : "Reader_\(word(for: person))"
        known[person] = pseudonym
        return pseudonym
    }

    private func number(for person: String) -> UInt64 {
        guard let key else { return 1_001 + UInt64(known.count) }
        return HMACSHA256.authenticate(Array(person.utf8), key: key).prefix(5).reduce(1) { $0 << 8 | UInt64($1) }
    }

    private func word(for person: String) -> String {
        guard let key else { return "\(known.count + 1)" }
        let letters = Array("abcdefghjkmnpqrstuvwxyz234567890")
        return String(HMACSHA256.authenticate(Array(person.utf8), key: key).prefix(8).map { letters[Int($0 & 31)] })
    }
}
