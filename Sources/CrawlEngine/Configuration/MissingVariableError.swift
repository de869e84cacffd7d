/// A spider sends what an environment variable says, and that says nothing; what it says is never part of the text.
public struct MissingVariableError: Error, Sendable, CustomStringConvertible {
    /// The variable's name.
    public let variable: String
    /// What to set, to be shown to the operator.
    public let description: String

    init(variable: String, isSet: Bool, field: String, spider: Spider) {
        self.variable = variable
        let problem = isSet ? "holds what no header field can: one line of printable ASCII is expected" : "is not set"
        let place = spider.terms?.api.map { "\nHow to get one: \($0)" } ?? ""
        description = """
            \(spider.site) is asked with the header field \(field), which the environment variable \(variable) says, and that \(problem).
            Set it to what the site gave you for it: export \(variable)=…\(place)
            """
    }
}
