// Pseudo-classes of links and forms. Source: HTML standard, section 4.16.3, "Pseudo-classes".
extension CSSMatcher {
    private static let href = NameTable.html.find("href") ?? NameTable.none
    private static let type = NameTable.html.find("type") ?? NameTable.none
    private static let selected = NameTable.html.find("selected") ?? NameTable.none
    private static let checked = NameTable.html.find("checked") ?? NameTable.none
    private static let disabled = NameTable.html.find("disabled") ?? NameTable.none

    private func has(_ name: NameTable.ID, _ element: Int) -> Bool { tree.attribute(name, of: element) >= 0 }

    func isLink(_ element: Int) -> Bool {
        let isLink =
            tree.isElement(element, .a) || tree.isElement(element, .area) || tree.isElement(element, .link)
        return isLink && has(Self.href, element)
    }

    func isChecked(_ element: Int) -> Bool {
        if tree.isElement(element, .option) { return has(Self.selected, element) }
        guard tree.isElement(element, .input), has(Self.checked, element),
            let type = tree.value(Self.type, of: element)
        else { return false }
        return ["checkbox", "radio"].contains { (wanted: StaticString) in
            wanted.withUTF8Buffer { ByteMatching.isEqualIgnoringCase(type, $0) }
        }
    }

    private func isControl(_ element: Int) -> Bool {
        tree.isElement(element, .button) || tree.isElement(element, .input) || tree.isElement(element, .select)
            || tree.isElement(element, .textarea) || tree.isElement(element, .fieldset)
    }

    func canBeDisabled(_ element: Int) -> Bool {
        isControl(element) || tree.isElement(element, .optgroup) || tree.isElement(element, .option)
    }

    /// A control inside a disabled fieldset is disabled too, unless it is inside the fieldset's first legend.
    mutating func isDisabled(_ element: Int) throws(OutOfSteps) -> Bool {
        if has(Self.disabled, element), canBeDisabled(element) { return true }
        if tree.isElement(element, .option) {
            let parent = tree.parent(element)
            return parent > 0 && tree.isElement(parent, .optgroup) && has(Self.disabled, parent)
        }
        guard isControl(element) else { return false }
        var (fieldsets, excused) = (0, 0)
        var node = tree.parent(element)
        while node > 0 {
            try budget.charge(1)
            try chargeAttributes(of: node)
            if tree.isElement(node, .fieldset), has(Self.disabled, node) { fieldsets += 1 }
            if tree.isElement(node, .legend), try isFirstLegend(node) {
                let parent = tree.parent(node)
                if parent > 0, tree.isElement(parent, .fieldset), has(Self.disabled, parent) { excused += 1 }
            }
            node = tree.parent(node)
        }
        return fieldsets > excused
    }

    private mutating func isFirstLegend(_ legend: Int) throws(OutOfSteps) -> Bool {
        var previous = try previousElement(legend)
        while previous > 0 {
            try budget.charge(1)
            if tree.isElement(previous, .legend) { return false }
            previous = try previousElement(previous)
        }
        return true
    }
}
