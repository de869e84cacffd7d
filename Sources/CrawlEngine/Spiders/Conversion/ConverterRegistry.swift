/// The converters a spider may name after `then:`.
public struct ConverterRegistry: Sendable {
    /// Makes a converter of its argument and options in the file; nil after reporting what is wrong with them.
    public typealias Maker = @Sendable (ConverterOptions) -> (any ValueConverter)?

    private var makers: [String: Maker] = [:]

    /// A registry without converters.
    public init() {}

    /// Adds a converter, or replaces one of the same name.
    public mutating func register(_ name: String, _ make: @escaping Maker) { makers[name] = make }

    /// Adds a converter without an argument.
    mutating func register(_ name: String, _ converter: any ValueConverter) {
        makers[name] = { options in
            options.refuseArgument()
            return converter
        }
    }

    /// The names known, in order.
    public var names: [String] { makers.keys.sorted() }

    subscript(name: String) -> Maker? { makers[name] }

    /// The converters that come with the engine.
    public static let standard: ConverterRegistry = {
        var registry = ConverterRegistry()
        registry.registerTexts()
        registry.registerPatterns()
        registry.registerLists()
        registry.registerNumbers()
        registry.registerTimes()
        registry.registerURLs()
        registry.registerSongs()
        return registry
    }()
}

/// What stands beside a converter's name in the file: `{replace: [a, b]}` has the list as its argument.
public struct ConverterOptions {
    /// The converter's name.
    public let name: String
    /// The place to report mistakes at.
    public let node: YAMLNode
    /// The value of the name's key; nil when the name stands alone.
    public let argument: YAMLNode?
    /// The keys beside the name.
    public let map: YAMLMap?
    /// What is known where the converter stands.
    let place: RuleReader.Place

    /// The argument, which must be there.
    public func requireArgument(_ expected: String) -> YAMLNode? {
        if argument == nil { node.report("'\(name)' needs \(expected): {\(name): …}") }
        return argument
    }

    /// A name that a value has where the converter stands; another is a mistake.
    func knownName(_ node: YAMLNode) -> String? {
        guard let name = node.string() else { return nil }
        if !place.names.contains(name) { RuleReader.report(node, unknown: name, place) }
        return name
    }

    /// A template of the value at hand, `{}`, and of names that values have where the converter stands.
    func template(_ node: YAMLNode) -> Template? { RuleReader.template(node, place) }

    func refuseArgument() {
        if let argument, !argument.isNull { argument.report("'\(name)' takes no argument") }
    }
}
