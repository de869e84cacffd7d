// XPath expressions, most of which have a meaning.
extension SelectorGenerator {
    mutating func xpath() -> String {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: string(depth: 1)
        case 1: number(depth: 1)
        case 2: bool(depth: 1)
        default: nodes(depth: 0)
        }
    }

    private mutating func nodes(depth: Int) -> String {
        if depth < 2, chance(8) { return "\(nodes(depth: depth + 1)) | \(nodes(depth: depth + 1))" }
        if depth < 2, chance(8) {
            let rest = chance(40) ? pick(["/", "//"]) + step(depth: depth + 1) : ""
            takesElementsOnly = true
            let inside = nodes(depth: depth + 1)
            takesElementsOnly = false
            return "(\(inside))\(predicate(depth: depth))\(rest)"
        }
        var path = pick(
            depth == 0 ? ["//", "//", "/", "", ".//", "/descendant::", "../"] : ["", "", ".//", "//", "../"])
        if path == "/descendant::" {
            path += pick(vocabulary.names) + (chance(40) ? predicate(depth: depth) : "")
        } else {
            // From `.//.` and `//.` libxml2 leaves out the starting node, which is a mistake of its streaming patterns.
            var first = step(depth: depth)
            while path.hasSuffix("//"), first == "." { first = step(depth: depth) }
            path += first
        }
        while chance(depth == 0 ? 50 : 25) { path += pick(["/", "/", "//"]) + step(depth: depth) }
        return path
    }

    private mutating func step(depth: Int) -> String {
        if chance(5) { return pick([".", ".."]) }
        let axes = [
            "child", "descendant", "descendant-or-self", "self", "parent", "ancestor", "ancestor-or-self",
            "following-sibling", "preceding-sibling", "following", "preceding",
        ]
        var text = ""
        if chance(15) {
            text = "@" + pick(vocabulary.attributes + ["*", "node()"])
        } else {
            if chance(40) { text = pick(axes) + "::" }
            let others = takesElementsOnly ? [] : ["node()", "text()", "text()", "comment()"]
            text += pick(vocabulary.names + ["*", "*"] + others)
        }
        while depth < 3, chance(30) { text += predicate(depth: depth) }
        return text
    }

    private mutating func predicate(depth: Int) -> String {
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: "[\(Int.random(in: 0..<4, using: &random))]"
        case 2:
            pick(["[last()]", "[position() > 1]", "[last() - 1]", "[position() mod 2 = 1]", "[position() = last()]"])
        case 3 where depth < 2: "[\(number(depth: depth + 1))]"
        default: "[\(bool(depth: depth + 1))]"
        }
    }

    private mutating func bool(depth: Int) -> String {
        if depth > 3 { return pick(["true()", "false()", "@class", "*"]) }
        switch Int.random(in: 0..<13, using: &random) {
        case 0: return "\(bool(depth: depth + 1)) \(pick(["and", "or"])) \(bool(depth: depth + 1))"
        case 1: return "not(\(bool(depth: depth + 1)))"
        case 2: return "\(string(depth: depth + 1)) \(pick(["=", "!="])) \(string(depth: depth + 1))"
        case 3:
            return "\(number(depth: depth + 1)) \(pick(["=", "!=", "<", "<=", ">", ">="])) \(number(depth: depth + 1))"
        case 4:
            let other = pick([string(depth: depth + 1), number(depth: depth + 1), "true()"])
            return "\(nodes(depth: depth + 1)) \(pick(["=", "!=", "<", ">=", ">"])) \(other)"
        case 5: return "\(nodes(depth: depth + 1)) \(pick(["=", "!=", "<", ">="])) \(nodes(depth: depth + 1))"
        case 6: return "\(pick(["contains", "starts-with"]))(\(string(depth: depth + 1)), \(string(depth: depth + 1)))"
        case 7: return "@\(pick(vocabulary.attributes)) = \(literal())"
        case 8: return "has-class('\(pick(vocabulary.classes))')"
        case 9: return "contains(@\(pick(vocabulary.attributes)), \(literal()))"
        case 10: return "boolean(\(number(depth: depth + 1)))"
        default: return nodes(depth: depth + 1)
        }
    }

    private mutating func literal() -> String { "'\(pick(vocabulary.values + vocabulary.texts))'" }

    private mutating func string(depth: Int) -> String {
        if depth > 3 { return pick([literal(), ".", "@class"]) }
        switch Int.random(in: 0..<14, using: &random) {
        case 0...3: return literal()
        case 4: return "normalize-space(\(pick(["", ".", string(depth: depth + 1)])))"
        case 5: return "concat(\(string(depth: depth + 1)), \(string(depth: depth + 1)))"
        case 6: return "substring-\(pick(["before", "after"]))(\(string(depth: depth + 1)), \(literal()))"
        case 7:
            let count = chance(50) ? ", \(number(depth: depth + 2))" : ""
            return "substring(\(string(depth: depth + 1)), \(number(depth: depth + 2))\(count))"
        case 8: return "translate(\(string(depth: depth + 1)), \(pick(["'aeo'", "'xyé'"])), \(pick(["'AE'", "'é'"])))"
        case 9: return "\(pick(["name", "local-name"]))(\(chance(50) ? "" : nodes(depth: depth + 1)))"
        case 10: return "string(\(pick([number(depth: depth + 1), bool(depth: depth + 1), nodes(depth: depth + 1)])))"
        default: return "string(\(nodes(depth: depth + 1)))"
        }
    }

    private mutating func number(depth: Int) -> String {
        if depth > 3 { return pick(["1", "2", "0.5", "count(*)"]) }
        switch Int.random(in: 0..<12, using: &random) {
        case 0...2: return pick(["1", "2", "3", "0", "1.5", "0.1", "-2", "100000000000", "1 div 0", "0 div 0", "1e2"])
        case 3: return "count(\(nodes(depth: depth + 1)))"
        case 4: return "string-length(\(string(depth: depth + 1)))"
        case 5: return "\(pick(["floor", "ceiling", "round"]))(\(number(depth: depth + 1)))"
        case 6, 7:
            return "\(number(depth: depth + 1)) \(pick(["+", "-", "*", "div", "mod"])) \(number(depth: depth + 1))"
        case 8: return "number(\(pick([string(depth: depth + 1), nodes(depth: depth + 1), bool(depth: depth + 1)])))"
        case 9: return "sum(\(nodes(depth: depth + 1)))"
        case 10: return "- \(number(depth: depth + 1))"
        default: return depth > 1 ? pick(["position()", "last()", "position() + 1"]) : "count(//*)"
        }
    }
}
