/// The lines of a robots.txt that are addressed to one crawler.
struct RobotsGroupSelection {
    /// The lines of the groups found for the crawler, or for everybody.
    struct Lines {
        var wasFound = false
        var isForEverybody = false
        var rules: [(isAllow: Bool, pattern: Range<Int>)] = []
        var extensions: [(kind: RobotsDirective.Kind, value: Range<Int>)] = []
    }

    private var specific = Lines()
    private var everybody = Lines(isForEverybody: true)

    /// The agents of the current group, for rules: only a rule ends the list of agents.
    private var forRules = Addressees()
    /// The same for extensions: here any rule or extension ends the list, so that neighbours do not share their delays.
    private var forExtensions = Addressees()

    private struct Addressees {
        var isSpecific = false
        var isEverybody = false
        var isClosed = false

        mutating func add(isSpecific specific: Bool, isEverybody everybody: Bool) {
            if isClosed { self = Addressees() }
            isSpecific = isSpecific || specific
            isEverybody = isEverybody || everybody
        }
    }

    init(file: RobotsFile, agents: [RobotsAgent]) {
        for directive in file.directives {
            if directive.kind == .userAgent {
                address(file.bytes[directive.value], agents: agents)
            } else if directive.kind.isRule {
                add(directive.kind == .allow, directive.value)
            } else if directive.kind.isExtension {
                add(directive.kind, directive.value)
            }
        }
    }

    /// The crawler's own groups, if there are any.
    var chosen: Lines { specific.wasFound ? specific : everybody }

    private mutating func address(_ value: ArraySlice<UInt8>, agents: [RobotsAgent]) {
        let isEverybody = value.first == UInt8(ascii: "*") && (value.count == 1 || value.dropFirst().first == 0x20)
        let isSpecific = agents.contains { $0.isNamed(by: value) }
        specific.wasFound = specific.wasFound || isSpecific
        everybody.wasFound = everybody.wasFound || isEverybody
        forRules.add(isSpecific: isSpecific, isEverybody: isEverybody)
        forExtensions.add(isSpecific: isSpecific, isEverybody: isEverybody)
    }

    private mutating func add(_ isAllow: Bool, _ pattern: Range<Int>) {
        if forRules.isSpecific { specific.rules.append((isAllow, pattern)) }
        if forRules.isEverybody { everybody.rules.append((isAllow, pattern)) }
        forRules.isClosed = true
        forExtensions.isClosed = true
    }

    private mutating func add(_ kind: RobotsDirective.Kind, _ value: Range<Int>) {
        if forExtensions.isSpecific { specific.extensions.append((kind, value)) }
        if forExtensions.isEverybody { everybody.extensions.append((kind, value)) }
        forExtensions.isClosed = true
    }
}
