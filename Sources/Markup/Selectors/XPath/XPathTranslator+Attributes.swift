// Attribute tests, and pseudo-classes that look at attributes.
extension XPathTranslator {
    func condition(_ test: CSSAttributeTest) -> String {
        let name = test.prefix.map { "\($0):\(test.name)" } ?? test.name
        let attribute =
            test.prefix == nil
            ? "@" + nodeTest(name, axis: "attribute::*", selfCheck: "name()")
            : "@*[name() = \(XPathLiteral.of(name))]"
        guard let match = test.match else { return attribute }
        let held = test.ignoresCase ? Self.lowercased(attribute) : attribute
        let value = test.ignoresCase ? test.value.asciiLowercased : test.value
        return condition(match, attribute: attribute, held: held, value: value)
    }

    private func condition(
        _ match: CSSAttributeTest.Match, attribute: String, held: String, value: String
    ) -> String {
        let literal = XPathLiteral.of(value)
        switch match {
        case .equals: return value.isEmpty ? "\(attribute) and \(held) = ''" : "\(held) = \(literal)"
        case .differs: return "not(\(held) = \(literal) and \(attribute))"
        case .dashPrefix:
            return "\(attribute) and (\(held) = \(literal) or starts-with(\(held), \(XPathLiteral.of(value + "-"))))"
        // Selectors Level 4: these never match an empty text, and a word holds no white space.
        case .includesWord where value.isEmpty || value.contains(where: \.isASCIIWhitespace): return "false()"
        case .prefix, .suffix, .substring: return value.isEmpty ? "false()" : part(match, of: held, literal, value)
        case .includesWord:
            return "contains(concat(' ', normalize-space(\(held)), ' '), \(XPathLiteral.of(" \(value) ")))"
        }
    }

    private func part(_ match: CSSAttributeTest.Match, of held: String, _ literal: String, _ value: String) -> String {
        switch match {
        case .prefix: "starts-with(\(held), \(literal))"
        case .suffix:
            "substring(\(held), string-length(\(held)) - \(value.unicodeScalars.count - 1)) = \(literal)"
        default: "contains(\(held), \(literal))"
        }
    }

    static func lowercased(_ expression: String) -> String {
        "translate(\(expression), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
    }

    func condition(languages: [String]) -> String {
        let alternatives = languages.map { language in
            let wanted = language.asciiLowercased
            guard self.language == .html else { return "lang(\(XPathLiteral.of(wanted)))" }
            let held = "concat(\(Self.lowercased("@lang")), '-')"
            return "ancestor-or-self::*[@lang][1][starts-with(\(held), \(XPathLiteral.of(wanted + "-")))]"
        }
        return "(\(Self.any(alternatives)))"
    }

    func condition(_ state: CSSTest.State) -> String {
        guard language == .html else { return "false()" }
        switch state {
        case .checked: return "(\(Self.checked))"
        case .disabled: return "(\(Self.disabled))"
        case .enabled: return "(\(Self.canBeDisabled)) and not(\(Self.disabled))"
        case .link: return "@href and (self::a or self::area or self::link)"
        // A page at rest has no pointer and no history.
        case .active, .focus, .hover, .target, .visited: return "false()"
        }
    }

    /// Source: HTML standard, section 4.16.3, "Pseudo-classes".
    private static let checked =
        "self::option[@selected] or self::input[@checked]"
        + "[\(lowercased("@type")) = 'checkbox' or \(lowercased("@type")) = 'radio']"

    private static let controls = "self::button or self::input or self::select or self::textarea or self::fieldset"
    private static let canBeDisabled = controls + " or self::optgroup or self::option"

    /// A control inside a disabled fieldset is disabled too, unless it is inside the fieldset's first legend.
    private static let disabled =
        "@disabled and (\(canBeDisabled)) or (\(controls)) and "
        + "count(ancestor::fieldset[@disabled]) > count(ancestor::legend[not(preceding-sibling::legend[1])]/"
        + "parent::fieldset[@disabled]) or self::option and parent::optgroup[@disabled]"
}
