/// Arguments of converters that can be read but not be meant.
extension RuleReader {
    /// Whether the argument of a converter does something.
    func isMeant(_ name: String, _ argument: YAMLNode?) -> Bool {
        guard let argument else { return true }
        switch name {
        case "split" where argument.isScalar && !argument.isNull && argument.string()?.isEmpty == true:
            argument.report("expected what stands between the parts, such as ', ', found an empty text")
        case "map" where argument.isMap && argument.map()?.entries.isEmpty == true:
            argument.report("expected at least one value, {from: to}, found an empty map")
        case "null-if" where argument.isList && argument.oneOrMore().isEmpty,
            "remove" where argument.isList && argument.oneOrMore().isEmpty:
            argument.report("expected at least one text, found an empty list")
        case "replace": return hasGroups(argument)
        default: return true
        }
        return false
    }

    /// Whether the expression has the groups that the text in its place names.
    private func hasGroups(_ argument: YAMLNode) -> Bool {
        let parts = argument.oneOrMore()
        guard parts.count == 2, parts.allSatisfy({ $0.isScalar && !$0.isNull }),
            let source = parts[0].string(), let pattern = try? Pattern(source), let text = parts[1].string()
        else { return true }
        let named = zip(text, text.dropFirst()).compactMap { $0 == "$" && $1.isASCII ? $1.wholeNumberValue : nil }
        guard let largest = named.max(), largest > pattern.groups else { return true }
        let known = pattern.groups == 0 ? "$0, as there is no group" : "$0 to $\(pattern.groups)"
        parts[1].report("the expression has no group for '$\(largest)'; expected \(known)")
        return false
    }
}
