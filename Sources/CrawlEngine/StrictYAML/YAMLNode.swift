import Yams

/// One value of a YAML file, read as what is expected; anything else is noted as a mistake at its place and read as nil.
public struct YAMLNode {
    /// The file it stands in.
    public let file: YAMLFile
    private let content: Node

    init(file: YAMLFile, content: Node) {
        self.file = file
        self.content = content
    }

    /// The line it starts at, counted from 1.
    public var line: Int { content.mark?.line ?? 0 }
    /// The column it starts at, counted from 1.
    public var column: Int { content.mark?.column ?? 0 }

    /// Notes a mistake at this value.
    public func report(_ message: String) { file.report(message, line: line, column: column) }

    /// Notes a mistake and stands for "no value".
    func refuse<Value>(_ message: String) -> Value? {
        report(message)
        return nil
    }

    /// What it holds, to be compared.
    var comparable: YAMLContent { YAMLContent(content) }

    /// Whether it is a text, number or the like; no list and no map.
    public var isScalar: Bool { content.scalar != nil }
    /// Whether it is a list.
    public var isList: Bool { content.sequence != nil }
    /// Whether it is a map.
    public var isMap: Bool { content.mapping != nil }
    /// Whether it is left empty, `~` or `null`, without quotes.
    public var isNull: Bool {
        guard let scalar = content.scalar, isPlain(scalar) else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// Its characters as written, whatever they look like: `no`, `1.10` and `on` are texts here.
    public func string() -> String? {
        guard let scalar = content.scalar, !isNull else { return refuse("expected a text\(found)") }
        return scalar.string
    }

    /// A whole number within `range`; `1_000` is allowed.
    public func int(in range: ClosedRange<Int> = Int.min...Int.max) -> Int? {
        guard let text = plainText, let number = Int(text.replacing("_", with: "")) else {
            return refuse("expected a whole number\(found)")
        }
        guard range.contains(number) else {
            return refuse("expected a whole number from \(range.lowerBound) to \(range.upperBound), found \(number)")
        }
        return number
    }

    /// A number within `range`.
    public func double(in range: ClosedRange<Double> = -.greatestFiniteMagnitude ... .greatestFiniteMagnitude)
        -> Double?
    {
        guard let text = plainText, let number = Double(text), number.isFinite else {
            return refuse("expected a number\(found)")
        }
        guard range.contains(number) else {
            return refuse("expected a number from \(range.lowerBound) to \(range.upperBound)\(found)")
        }
        return number
    }

    /// `true` or `false`.
    public func bool() -> Bool? {
        switch plainText {
        case "true"?: true
        case "false"?: false
        default: refuse("expected true or false\(found)")
        }
    }

    /// A time with its unit: `500ms`, `4s`, `10m`, `24h`, `7d`, `2w`.
    public func duration() -> Duration? {
        guard let text = content.scalar?.string, let duration = Duration(spiderText: text) else {
            return refuse("expected a time with its unit, such as 500ms, 4s, 10m, 24h or 7d\(found)")
        }
        return duration
    }

    /// A time that is not too short to be meant.
    func duration(atLeast least: Duration) -> Duration? {
        guard let duration = duration() else { return nil }
        return duration >= least ? duration : refuse("expected a time of at least \(least)")
    }

    /// One of the names of `Choice`.
    public func choice<Choice: CaseIterable & RawRepresentable>(of type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let text = string() else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        return refuse(Spelling.message("unknown name", text, expected: Choice.allCases.map(\.rawValue)))
    }

    /// The values of a list.
    public func list() -> [YAMLNode]? {
        guard let sequence = content.sequence else { return refuse("expected a list\(found)") }
        return sequence.map { YAMLNode(file: file, content: $0) }
    }

    /// The values of a list; anything else stands for a list of itself.
    public func oneOrMore() -> [YAMLNode] {
        content.sequence.map { $0.map { YAMLNode(file: file, content: $0) } } ?? [self]
    }

    /// The values of a list, which has some; anything else stands for a list of itself.
    func atLeastOne() -> [YAMLNode] {
        let values = oneOrMore()
        if values.isEmpty { report("expected at least one value, found an empty list") }
        return values
    }

    /// A text, or a list of texts.
    public func strings() -> [String] { oneOrMore().compactMap { $0.string() } }

    /// The map's entries, to be taken one by one.
    public func map() -> YAMLMap? {
        guard let mapping = content.mapping else { return refuse("expected a map\(found)") }
        let entries: [YAMLMap.Entry] = mapping.compactMap { key, value in
            let key = YAMLNode(file: file, content: key)
            return key.string().map { .init(key: $0, keyNode: key, value: YAMLNode(file: file, content: value)) }
        }
        return YAMLMap(node: self, entries: entries)
    }

    /// Its characters, where they stand without quotes and so may mean a number or the like.
    var plainText: String? { content.scalar.flatMap { isPlain($0) ? $0.string : nil } }

    private func isPlain(_ scalar: Node.Scalar) -> Bool { scalar.style == .plain || scalar.style == .any }

    private var found: String {
        switch content {
        case .scalar(let scalar) where isNull: ", found \(scalar.string.isEmpty ? "nothing" : scalar.string)"
        case .scalar(let scalar): ", found '\(scalar.string.prefix(40))'"
        case .sequence: ", found a list"
        case .mapping: ", found a map"
        case .alias: ", found an alias"
        }
    }
}

/// The content of a value without its place.
struct YAMLContent: Equatable {
    private let content: Node

    init(_ content: Node) { self.content = content }
}
