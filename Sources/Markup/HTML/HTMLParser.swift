/// Reads HTML into a ``FlatTree`` in one pass, and builds the tree that libxml2 2.9.14 builds.
///
/// Which repairs a broken page gets is a convention; libxml2's is the one that XPaths found on the web are written against.
/// The names of the parts follow libxml2's parser where they do the same. What is too rare to be worth a line here, such as
/// a processing instruction with a Japanese name, is given up: see ``parse(_:limits:)``.
///
/// Functions that change nothing are `mutating` or inlined all the same: to lend the parser to others, the compiler copies it.
struct HTMLParser: ~Copyable {
    /// What became of a page.
    enum Outcome {
        case tree(FlatTree, isTruncated: Bool)
        /// The page holds something that only libxml2 reads right.
        case odd
    }

    /// Elements inside each other; libxml2 reads no further where there are more.
    static let maximumDepth = 256
    /// Bytes of one text; libxml2 reads no further where there are more.
    static let maximumTextBytes = 10_000_000

    let page: UnsafePointer<UInt8>
    let count: Int
    let limits: MarkupLimits
    var position = 0
    var builder: FlatTreeBuilder
    /// The names, prefixes included, of the elements that are open, the root first.
    var open = GrowingBlock<NameTable.ID>(capacity: 64)
    var root = 0
    var hasDocumentType = false
    /// Whether a head, or a body, was there before.
    var hasHead = false
    var hasBody = false
    /// Start tags of html, head and body that were passed over and whose end tags are to be passed over too.
    var ignoredTags = 0
    var isStopped = false
    var isTruncated = false
    var isOdd = false
    private var nodesLeft: Int
    var names: NameScanner
    // Kept here so that no text costs a look at whether the global is there yet.
    let textBytes = Self.textBytes.buffer
    let rules = HTMLElementRules.standard

    /// Reads a page that is UTF-8 without NUL characters.
    ///
    /// - Throws: `.outOfMemory`.
    static func parse(
        _ page: UnsafeBufferPointer<UInt8>, limits: MarkupLimits
    ) throws(MarkupError) -> Outcome {
        guard let bytes = PageBytes(copying: page) else { throw .noMemory }
        var parser = HTMLParser(bytes, limits: limits)
        parser.parseDocument()
        if parser.isOdd { return .odd }
        let (isTruncated, root) = (parser.isTruncated, parser.root)
        guard let tree = parser.builder.build(page: bytes, root: root) else { throw .noMemory }
        return .tree(tree, isTruncated: isTruncated)
    }

    private init(_ bytes: PageBytes, limits: MarkupLimits) {
        page = UnsafePointer(bytes.pointer)
        count = bytes.count
        self.limits = limits
        builder = FlatTreeBuilder(names: .html, pageBytes: bytes.end)
        nodesLeft = limits.maximumNodes
        names = NameScanner(page: page)
    }

    /// The byte at the current place; 0 only at the end of the page.
    @inline(__always)
    var byte: UInt8 { page[position] }

    /// The name of the element opened last; `NameTable.none` when none is open.
    @inline(__always)
    var top: NameTable.ID { open.last ?? NameTable.none }

    /// Takes nodes off the number that may still be built, and stops where there are none left.
    mutating func charge(_ nodes: Int) {
        nodesLeft -= nodes
        if nodesLeft < 0 { stop() }
    }

    /// Reads no further: what was built so far is not the whole page.
    mutating func stop() {
        isStopped = true
        isTruncated = true
    }

    // MARK: The page as a whole

    private mutating func parseDocument() {
        // A byte order mark, twice because libxml2 looks for it in two places.
        for _ in 0..<2
        where count - position >= 3 && page[position] == 0xEF && page[position + 1] == 0xBB
            && page[position + 2] == 0xBF
        { position += 3 }
        parseMiscellaneous()
        if isDocumentType { parseDocumentType() }
        parseMiscellaneous()
        parseContent()
        while !open.isEmpty { pop() }
        if root == 0 {
            pushNode(HTMLElement.html.rawValue, at: position)
            builder.closeElement()
        }
    }

    /// Comments and instructions before any content.
    private mutating func parseMiscellaneous() {
        skipBlanks()
        while isComment || isInstruction {
            if isComment { parseComment() }
            if isInstruction { parseInstruction() }
            skipBlanks()
        }
    }

    private mutating func parseContent() {
        var current = top
        var depth = open.count
        while !isStopped, !isOdd {
            if byte == UInt8(ascii: "<") {
                let next = page[position + 1]
                if next == UInt8(ascii: "/") {
                    if parseEndTag(), current != NameTable.none || open.isEmpty {
                        (current, depth) = (top, open.count)
                    }
                    continue
                }
                if next.isASCIILetter || next == UInt8(ascii: "_") || next == UInt8(ascii: ":"), let last = open.last {
                    let name = names.peek(at: position + 1, in: &builder.names).undotted
                    if rules.begins(name, closes: last) {
                        autoClose(name)
                        continue
                    }
                }
            }
            // The element was closed while the one after it was read.
            if !open.isEmpty, depth >= open.count, current != top {
                (current, depth) = (top, open.count)
                continue
            }
            if position < count, current == HTMLElement.script.rawValue || current == HTMLElement.style.rawValue {
                parseRawText()
            } else {
                if isDocumentType { parseDocumentType() }
                if byte == UInt8(ascii: "<"), page[position + 1].isASCIILetter {
                    parseElement()
                    (current, depth) = (top, open.count)
                } else if position >= count {
                    return
                } else {
                    parseLeaf()
                }
            }
        }
    }

    private mutating func parseLeaf() {
        if isComment {
            parseComment()
        } else if isInstruction {
            parseInstruction()
        } else if byte == UInt8(ascii: "<") {
            addText(from: position, to: position + 1)
            position += 1
        } else if byte == UInt8(ascii: "&") {
            parseReference()
        } else {
            parseText()
        }
    }

    mutating func skipBlanks() {
        while byte.isXMLBlank { position += 1 }
    }
}

extension UInt8 {
    /// White space of XML, to which form feed does not belong.
    @inline(__always)
    var isXMLBlank: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D }
}
