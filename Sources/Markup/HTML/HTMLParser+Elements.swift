// Opening and closing elements, those included that the page leaves out.
extension HTMLParser {
    /// Opens an element, unless elements are nested too deeply already.
    mutating func push(_ name: NameTable.ID, local: NameTable.ID, at offset: Int) {
        if name == HTMLElement.head.rawValue { hasHead = true }
        if name == HTMLElement.body.rawValue { (hasHead, hasBody) = (true, true) }
        guard builder.depth <= Self.maximumDepth else { return stop() }
        open.append(name)
        pushNode(local, at: offset)
        charge(1)
    }

    /// Where no element is open, the first node of the page decides: a further element goes into it, or, when it is no
    /// element but a comment or a document type, beside it.
    mutating func pushNode(_ name: NameTable.ID, at offset: Int) {
        if builder.depth == 0, !hasDocumentType, builder.nodes.count > 1, builder.nodes[1].kind == .element {
            builder.openElement(name, inside: 1, at: offset)
        } else {
            if root == 0, builder.depth == 0 { root = builder.nodes.count }
            builder.openElement(name, at: offset)
        }
    }

    mutating func pop() {
        open.removeLast()
        builder.closeElement()
    }

    private mutating func push(_ element: HTMLElement) {
        push(element.rawValue, local: element.rawValue, at: position)
    }

    /// Closes what a start tag of this name ends.
    mutating func autoClose(_ name: NameTable.ID) {
        while let last = open.last, rules.begins(name, closes: last) { pop() }
    }

    /// Closes what stands inside the element of this name that was opened last, unless something of a higher rank does.
    mutating func autoCloseOnEnd(_ name: NameTable.ID) {
        let rank = rules.rank(name)
        for last in open.buffer.reversed() where last == name || rules.rank(last) > rank {
            guard last == name else { return }
            break
        }
        while top != name, !open.isEmpty { pop() }
    }

    /// Opens the html, head or body element that an element of this name is missing around it.
    mutating func addImplied(_ name: NameTable.ID) {
        let element = HTMLElement(rawValue: name)
        if element == .html { return }
        if open.isEmpty { push(.html) }
        if element == .body || element == .head { return }
        if open.count <= 1, Self.headElements.contains(name) {
            if !hasHead { push(.head) }
        } else if !Self.frameElements.contains(name) {
            guard !hasBody, !open.buffer.contains(HTMLElement.head.rawValue) else { return }
            push(.body)
        }
    }

    private static let headElements: [NameTable.ID] = [
        HTMLElement.script, .style, .meta, .link, .title, .base,
    ].map(\.rawValue)
    private static let frameElements: [NameTable.ID] = [HTMLElement.noframes, .frame, .frameset].map(\.rawValue)

    /// Opens the paragraph that text is missing around it outside of the body.
    mutating func addParagraph() {
        guard isOutsideBody else { return }
        autoClose(HTMLElement.p.rawValue)
        addImplied(HTMLElement.p.rawValue)
        if !isStopped { push(.p) }
    }

    var isOutsideBody: Bool {
        top == NameTable.none || top == HTMLElement.html.rawValue || top == HTMLElement.head.rawValue
    }
}
