import Markup

/// What selectors are tried on: small, with what selectors ask about.
enum SmallPage {
    static let html = """
        <html lang=en><head><title>T &amp; t</title><base href=/b/></head><body class="a b"><h1 id=one>H<b>i</b></h1>
        <ul class=list><li>1<li class="x y">2<li>3</ul><a href="/p?q=r" rel="nofollow">link</a><p>text<br>more<!--c--></p>
        <table><tr><td>1<td>2</table><form><input type=checkbox checked disabled><select><option selected>o</select></form>
        <div data-x='{"a":1}'><div><div lang=de-CH>deep</div></div></div><script>if (a<b) {}</script></body></html>
        """

    static let limits = MarkupLimits(maximumSelectorSteps: 200_000)

    /// Evaluates a selector and checks what holds for any result.
    static func check(_ selector: Selector, on document: MarkupDocument) throws {
        let selection: Selection
        do { selection = try document.select(selector) } catch {
            try require(
                error.code == .selectorTooExpensive || error.code == .selectorFailed, "an odd failure: \(error)")
            return
        }
        let nodes = selection.matches
        try require(Set(nodes).count == nodes.count, "a node twice")
        try require(nodes.allSatisfy { $0.document === document }, "a node of another document")
        try require(selection.isEmpty == selection.strings.isEmpty, "empty and not")
        try require(selection.first == selection.strings.first, "two first results")
        let again = try document.select(selector)
        try require(again.strings == selection.strings, "two results on one page")
    }
}

/// Checks an error's place.
func checkPlace(_ error: SelectorError, in source: String) throws {
    try require((0...source.unicodeScalars.count).contains(error.offset), "an error outside the text: \(error)")
    try require(!error.expected.isEmpty && error.source == source, "an error that does not say what: \(error)")
}
