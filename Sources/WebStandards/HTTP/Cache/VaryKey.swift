/// The request fields that an answer depends on, in a form that can be compared.
///
/// Source: RFC 9111, section 4.1.
struct VaryKey: Hashable {
    private let values: [String: String?]

    /// The values that `request` has for the fields that `response` names.
    init(_ response: HeaderFields, request: HeaderFields) {
        values = Dictionary(
            response.list("Vary").map { ($0.asciiLowercase, Self.normalised($0.asciiLowercase, request)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Whether the answer depends on more than the request says.
    static func isUnmatchable(_ response: HeaderFields) -> Bool { response.list("Vary").contains("*") }

    /// Lines are joined, white space around commas does not count; the order of languages does not matter, since their weights do.
    private static func normalised(_ name: String, _ request: HeaderFields) -> String? {
        guard request.contains(name) else { return nil }
        let members = request.list(name)
        guard name == "accept-language" else { return members.joined(separator: ",") }
        return members.map { $0.asciiLowercase.filter { $0 != " " } }.sorted().joined(separator: ",")
    }
}
