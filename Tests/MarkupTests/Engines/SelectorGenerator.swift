import TestSupport

/// Makes up selectors and pages that have something to do with each other, the same for the same seed.
struct SelectorGenerator {
    /// What names, classes and such are taken from.
    struct Vocabulary {
        var names = ["div", "p", "a", "b", "span", "ul", "li", "table", "tr", "td", "h2", "body"]
        var classes = ["x", "y", "z", "long-word"]
        var ids = ["one", "two"]
        var attributes = ["class", "id", "href", "title", "lang", "data-x"]
        var values = ["x", "y", "one", "x y", "http://a/b", "en-us", "EN", "12", " 3.5 ", "", "-"]
        var texts = ["a", "one", "two", "12", "7", "é", "Read more", "  ", "\n", "-3.25", "1e3"]
    }

    var random: SplitMix64
    var vocabulary = Vocabulary()
    /// Set where places are counted over a whole page, since libxml2 at times mistakes the order of texts.
    var takesElementsOnly = false

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func pick<Element>(_ from: [Element]) -> Element {
        from[Int.random(in: 0..<from.count, using: &random)]
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    // MARK: Pages

    mutating func page(nodes: Int) -> String {
        // All in one root: libxml2 forgets the first of several on the preceding axis.
        var page = "<html><body>"
        var open: [String] = []
        for _ in 0..<nodes {
            switch Int.random(in: 0..<10, using: &random) {
            case 0...4:
                let special = ["option", "input", "fieldset", "legend", "select", "script", "optgroup", "button", "dd"]
                let name = chance(15) ? pick(special) : pick(vocabulary.names)
                page += "<\(name)\(attributes())>"
                open.append(name)
            case 5, 6: if let name = open.popLast() { page += "</\(name)>" }
            case 7: page += "<!--\(pick(vocabulary.texts))-->"
            default: page += pick(vocabulary.texts)
            }
        }
        return page
    }

    private mutating func attributes() -> String {
        var text = ""
        if chance(50) { text += " class='\(pick(vocabulary.classes)) \(pick(vocabulary.classes))'" }
        if chance(20) { text += " id='\(pick(vocabulary.ids))'" }
        if chance(30) { text += " \(pick(vocabulary.attributes))='\(pick(vocabulary.values))'" }
        if chance(10) { text += " " + pick(["disabled", "checked", "selected", "type=radio", "type=CHECKBOX"]) }
        return text
    }

    // MARK: CSS

    mutating func css() -> String {
        var text = complex(depth: 0)
        while chance(15) { text += ", " + complex(depth: 0) }
        return text
    }

    private mutating func complex(depth: Int) -> String {
        var text = depth == 0 && chance(10) ? ":scope" : compound(depth: depth)
        while chance(depth == 0 ? 45 : 25) { text += pick([" ", " ", " > ", " + ", " ~ "]) + compound(depth: depth) }
        if depth == 0, chance(25) {
            text += pick(["::text", " ::text", " > ::text", "::attr(href)", " ::attr(class)", "::attr(data-x)"])
        }
        return text
    }

    private mutating func compound(depth: Int, allowsNot: Bool = true) -> String {
        var text = chance(60) ? pick(vocabulary.names) : chance(30) ? "*" : ""
        let isNamed = !text.isEmpty && text != "*"
        var tests = text.isEmpty ? 1 : 0
        while chance(35) { tests += 1 }
        for _ in 0..<tests { text += test(depth: depth, isNamed: isNamed, allowsNot: allowsNot) }
        return text
    }

    private mutating func test(depth: Int, isNamed: Bool, allowsNot: Bool) -> String {
        switch Int.random(in: 0..<12, using: &random) {
        case 0...2: return ".\(pick(vocabulary.classes))"
        case 3: return "#\(pick(vocabulary.ids))"
        case 4: return "[\(pick(vocabulary.attributes))]"
        case 5, 6:
            let sign = pick(["=", "~=", "|=", "^=", "$=", "*=", "!="])
            return "[\(pick(vocabulary.attributes))\(sign)'\(pick(vocabulary.values))'\(pick(["", "", " i"]))]"
        case 7:
            let position = pick(["2", "odd", "2n", "n", "-n+3", "3n-1", "-2n+4", "0", "n+2"])
            let plain = ["nth-child", "nth-last-child"]
            return ":\(pick(isNamed ? plain + ["nth-of-type", "nth-last-of-type"] : plain))(\(position))"
        case 8:
            let plain = ["first-child", "last-child", "only-child", "empty", "root"]
            let states = ["checked", "disabled", "enabled", "link", "hover"]
            let types = isNamed ? ["first-of-type", "last-of-type", "only-of-type"] : []
            return ":" + pick(plain + states + types)
        case 9:
            return pick([":contains('\(pick(vocabulary.texts).trimmed)')", ":lang(\(pick(["en", "EN-us", "fr"])))"])
        case 10 where depth < 2:
            let argument = pick(["", "> ", "+ ", "~ "]) + complex(depth: depth + 1)
            return ":has(\(argument)\(chance(20) ? ", " + complex(depth: depth + 1) : ""))"
        case 11 where depth < 2:
            let function = pick(allowsNot ? ["is", "where", "not"] : ["is", "where"])
            let first = compound(depth: 2, allowsNot: false)
            return ":\(function)(\(first)\(chance(40) ? ", " + compound(depth: 2, allowsNot: false) : ""))"
        default: return ".\(pick(vocabulary.classes))"
        }
    }
}

extension String {
    fileprivate var trimmed: String { filter { !$0.isNewline } }
}
