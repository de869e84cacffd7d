extension BehaviourRule {
    static let expected = """
        expected FAULT [key=value …] with FAULT one of a status (429 retry-after=N|date:N), delay ms=N, drip ms=N, reset bytes=N, \
        truncate bytes=N, wrong-length by=N, encoding name=shift_jis|windows-1252 declared=header|meta|none, empty, binary, login, \
        redirect to=URL, redirect-loop, redirect-maze, challenge, stall ms=N, bad-gzip, header name=NAME value=VALUE, demand-cookie pair=NAME=VALUE, \
        refresh to=URL, template part=story|column; and path=PATTERN, host=PATTERN, every=N, first=N, share=PERCENT, after=N
        """

    /// One rule as text: see `Behaviour.init(parsing:)`.
    public init(parsing text: String) throws(DemoSiteError) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let name = words.first else { throw DemoSiteError(.badBehaviour, "an empty rule: \(Self.expected)") }
        var settings = RuleSettings(rule: text)
        for word in words.dropFirst() { try settings.add(word) }
        guard let fault = try Fault(name, &settings) else { throw settings.refusal("\"\(name)\" is no fault") }
        let path = settings.take("path") ?? "*"
        let host = settings.take("host") ?? "*"
        self.init(fault, path: path, host: host, occasion: try Self.occasion(&settings))
        try settings.finish()
    }

    private static func occasion(_ settings: inout RuleSettings) throws(DemoSiteError) -> Occasion {
        if let every = try settings.number("every", in: 1...1_000_000) { return .every(every) }
        let first = try settings.number("first", in: 1...1_000_000)
        let share = try settings.number("share", in: 0...100)
        if let after = try settings.number("after", in: 0...1_000_000), first == nil {
            return .shareAfter(after, percent: share ?? 100)
        }
        switch (first, share) {
        case (let first?, let share?): return .firstOfShare(first, percent: share)
        case (let first?, nil): return .first(first)
        case (nil, let share?): return .share(share)
        case (nil, nil): return .always
        }
    }
}

extension Fault {
    fileprivate init?(_ name: String, _ settings: inout RuleSettings) throws(DemoSiteError) {
        switch name {
        case "delay": self = .delay(try settings.number("ms", in: 0...600_000) ?? 100)
        case "drip": self = .drip(try settings.number("ms", in: 0...600_000) ?? 50)
        case "reset": self = .reset(after: try settings.number("bytes", in: 0...1_000_000_000) ?? 0)
        case "truncate": self = .truncate(try settings.number("bytes", in: 0...1_000_000_000))
        case "wrong-length": self = .wrongLength(try settings.number("by", in: -1_000_000...1_000_000) ?? 50)
        case "encoding":
            self = .encoding(
                try settings.choice("name") ?? .shiftJIS, declared: try settings.choice("declared") ?? .header)
        case "stall": self = .stall(try settings.number("ms", in: 0...600_000) ?? 1_000)
        case "bad-gzip": self = .badGzip
        case "empty": self = .empty
        case "binary": self = .binary
        case "login": self = .login
        case "redirect": self = .redirect(settings.take("to") ?? "/")
        case "redirect-loop": self = .redirectLoop
        case "redirect-maze": self = .redirectMaze
        case "challenge": self = .challenge
        case "header": self = .header(["\(try settings.needed("name")): \(try settings.needed("value"))"])
        case "demand-cookie": self = .demandCookie(try settings.needed("pair"))
        case "refresh": self = .refresh(settings.take("to") ?? "/")
        case "template": self = .template(try settings.choice("part") ?? .story)
        default:
            guard let status = Int(name), (200...599).contains(status) else { return nil }
            self = .status(status, retryAfter: try settings.retryAfter())
        }
    }
}

/// The `key=value` pairs of one rule; each is taken once.
private struct RuleSettings {
    let rule: String
    private var values: [String: String] = [:]

    init(rule: String) { self.rule = rule }

    mutating func add(_ word: String) throws(DemoSiteError) {
        let key = String(word.prefix { $0 != "=" })
        guard key.utf8.count < word.utf8.count, values[key] == nil else {
            throw refusal("\"\(word)\" is no new key=value")
        }
        values[key] = String(word.dropFirst(key.count + 1))
    }

    mutating func take(_ key: String) -> String? { values.removeValue(forKey: key) }

    mutating func needed(_ key: String) throws(DemoSiteError) -> String {
        guard let text = take(key), !text.isEmpty else { throw refusal("\(key)= is missing") }
        return text
    }

    mutating func number(_ key: String, in range: ClosedRange<Int>) throws(DemoSiteError) -> Int? {
        guard let text = take(key) else { return nil }
        guard let number = Int(text), range.contains(number) else { throw refusal("\(key)=\(text) is not in \(range)") }
        return number
    }

    mutating func choice<Choice: RawRepresentable<String>>(_ key: String) throws(DemoSiteError) -> Choice? {
        guard let text = take(key) else { return nil }
        guard let choice = Choice(rawValue: text) else { throw refusal("\(key)=\(text) is unknown") }
        return choice
    }

    mutating func retryAfter() throws(DemoSiteError) -> Fault.RetryAfter? {
        guard let text = take("retry-after") else { return nil }
        if let seconds = Int(text) { return .seconds(seconds) }
        guard text.hasPrefix("date:"), let seconds = Int(text.dropFirst(5)) else {
            throw refusal("retry-after=\(text) is neither seconds nor date:seconds")
        }
        return .date(seconds)
    }

    func finish() throws(DemoSiteError) {
        if let left = values.keys.sorted().first { throw refusal("\(left) means nothing here") }
    }

    func refusal(_ reason: String) -> DemoSiteError {
        DemoSiteError(.badBehaviour, "\(rule): \(reason); \(BehaviourRule.expected)")
    }
}
