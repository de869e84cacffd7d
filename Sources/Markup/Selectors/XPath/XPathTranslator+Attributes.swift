// Attribute tests, and pseudo-classes that look at attributes.
extension XPathTranslator {
    /// For a test of a value that can be passed.
    func attributeCondition(_ test: CSSProgram.Test) -> String {
        let attribute = attribute(test.name)
        let held = test.ignoresCase ? Self.lowercased(attribute) : attribute
        let value = self.literal(test.literal)
        let literal = XPathLiteral.of(value)
        switch test.kind {
        case .equals: return value.isEmpty ? "\(attribute) and \(held) = ''" : "\(held) = \(literal)"
        case .differs: return "not(\(held) = \(literal) and \(attribute))"
        case .dashPrefix:
            return "\(attribute) and (\(held) = \(literal) or starts-with(\(held), \(XPathLiteral.of(value + "-"))))"
        case .includesWord:
            return "contains(concat(' ', normalize-space(\(held)), ' '), \(XPathLiteral.of(" \(value) ")))"
        case .prefix: return "starts-with(\(held), \(literal))"
        case .suffix:
            return "substring(\(held), string-length(\(held)) - \(value.unicodeScalars.count - 1)) = \(literal)"
        default: return "contains(\(held), \(literal))"
        }
    }

    static func lowercased(_ expression: String) -> String {
        "translate(\(expression), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
    }

    func languages(_ test: CSSProgram.Test) -> String {
        let alternatives = program.languages[test.range].map { language in
            let wanted = literal(language)
            guard self.language == .html else { return "lang(\(XPathLiteral.of(String(wanted.dropLast()))))" }
            let held = "concat(\(Self.lowercased("@lang")), '-')"
            return "ancestor-or-self::*[@lang][1][starts-with(\(held), \(XPathLiteral.of(wanted)))]"
        }
        return "(\(Self.any(alternatives)))"
    }

    func state(_ kind: CSSProgram.Test.Kind) -> String {
        guard language == .html else { return "false()" }
        switch kind {
        case .checked: return "(\(Self.checked))"
        case .disabled: return "(\(Self.disabled))"
        case .enabled: return "(\(Self.canBeDisabled)) and not(\(Self.disabled))"
        default: return "@href and (self::a or self::area or self::link)"
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
