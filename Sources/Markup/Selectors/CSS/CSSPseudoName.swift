/// The names after a colon that have a meaning.
enum CSSPseudoName: String, CaseIterable {
    // Pseudo-classes without an argument.
    case root, empty, scope
    case firstChild = "first-child"
    case lastChild = "last-child"
    case onlyChild = "only-child"
    case firstOfType = "first-of-type"
    case lastOfType = "last-of-type"
    case onlyOfType = "only-of-type"
    case checked, disabled, enabled, link
    case active, focus, hover, target, visited
    // Functions.
    case nthChild = "nth-child"
    case nthLastChild = "nth-last-child"
    case nthOfType = "nth-of-type"
    case nthLastOfType = "nth-last-of-type"
    case contains, lang, `is`, `where`, matches, not, has
    // Pseudo-elements from CSS 2, which may have one colon.
    case after, before
    case firstLetter = "first-letter"
    case firstLine = "first-line"

    private static let all = allCases
    private static let table = NameTable(all.map(\.rawValue))

    /// The one with this name, in lower case.
    static func find(_ name: UnsafeBufferPointer<UInt8>) -> Self? { table.find(name).map { all[Int($0)] } }

    var isPseudoElement: Bool {
        switch self {
        case .after, .before, .firstLetter, .firstLine: true
        default: false
        }
    }

    /// Whether it counts siblings of one name, which is only known where it is given.
    var needsName: Bool {
        switch self {
        case .firstOfType, .lastOfType, .onlyOfType, .nthOfType, .nthLastOfType: true
        default: false
        }
    }
}
