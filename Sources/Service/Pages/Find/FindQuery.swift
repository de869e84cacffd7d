import HTTPTypes
import Indexing

/// What somebody asks the page *Find*: marks, a name, a list they brought, and what to leave out. All of it but a list can stand in an address.
///
/// The names are those of the API, so that one can be had from the other.
struct FindQuery: Sendable {
    private(set) var likes: [String] = []
    private(set) var dislikes: [String] = []
    private let call: Call
    /// Without marks, in the order in which they came.
    private let others: [(name: String, value: String)]
    /// Whether the address says the same in more words, as forms do.
    let isVerbose: Bool

    private static let most = 50
    private static let standardCount = 12

    private static let parameters =
        RecommendationOptions.parameters + [
            Parameter(name: "user", kind: .text(most: 200), about: "A name."),
            Parameter(name: "q", kind: .text(most: 200), about: "What to search for."),
            Parameter(name: "list", kind: .text(most: CarriedList.mostBytes), about: "A list, as the page carries it."),
        ]

    private static let names = Set(parameters.map(\.name)).union([
        "like", "dislike", "add_like", "add_dislike", "remove",
    ])

    /// What every option is when nothing is said.
    private static let standards = [
        "story_share": RecommendationOptions().storyShare, "diversity": 0, "count": Double(standardCount),
        "min_members": 0,
    ]

    /// - Parameter fields: Names and values, decoded; empty ones and unknown names are passed over.
    /// - Throws: ``Problem`` 400 that names the field and what is expected.
    init(_ fields: [(name: String, value: String)]) throws(Problem) {
        var others: [(name: String, value: String)] = []
        var isVerbose = false
        for (name, value) in fields where Self.names.contains(name) {
            let value = value.trimmed
            switch name {
            case _ where value.isEmpty: isVerbose = true
            case "like", "add_like": Self.mark(value, &likes, &dislikes)
            case "dislike", "add_dislike": Self.mark(value, &dislikes, &likes)
            case "remove":
                likes.removeAll { $0 == value }
                dislikes.removeAll { $0 == value }
            case _ where Self.isStandard(name, value): isVerbose = true
            default: others.append((name, value))
            }
            if name.hasPrefix("add_") || name == "remove" { isVerbose = true }
        }
        guard likes.count + dislikes.count <= Self.most, !(likes + dislikes).contains(where: { $0.utf8.count > 1_000 })
        else { throw Problem(.badRequest, "at most \(Self.most) anime can be marked") }
        // What was searched for was found when one of it is marked.
        if fields.contains(where: { $0.name.hasPrefix("add_") }) { others.removeAll { $0.name == "q" } }
        call = try Call(Self.parameters, path: [:], query: others)
        (self.others, self.isVerbose) = (others, isVerbose)
    }

    private static func mark(_ id: String, _ wanted: inout [String], _ other: inout [String]) {
        other.removeAll { $0 == id }
        if !wanted.contains(id) { wanted.append(id) }
    }

    private static func isStandard(_ name: String, _ value: String) -> Bool {
        if name == "series" { return value == SeriesMode.next.rawValue }
        return standards[name].map { $0 == Double(value) } ?? false
    }

    var user: String? { call.optionalText("user") }
    var search: String? { call.optionalText("q") }
    var list: String? { call.optionalText("list") }

    /// Whether anything is known of a person.
    var hasPerson: Bool { !likes.isEmpty || !dislikes.isEmpty || user != nil || list != nil }

    var options: RecommendationOptions {
        var options = RecommendationOptions(call)
        options.count = call.optionalText("count").flatMap(Int.init) ?? Self.standardCount
        return options
    }

    /// The number of a field as it was given; nil without one.
    func number(_ name: String) -> Int? { call.optionalText(name).flatMap(Int.init) }

    func has(_ name: String, _ value: String) -> Bool { call.allTexts(name).contains(value) }

    /// Whether anything is left out that is not by itself.
    var hasFilters: Bool {
        others.contains { !["user", "q", "list", "story_share", "count"].contains($0.name) }
    }

    /// The page that answers this; a list that somebody brought is not in it.
    var address: String {
        let fields =
            likes.map { (name: "like", value: $0) } + dislikes.map { (name: "dislike", value: $0) }
            + others.filter { $0.name != "list" }
        return fields.isEmpty ? "/" : "/?" + FormFields.encode(fields)
    }
}

extension String {
    fileprivate var trimmed: String {
        var rest = drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
