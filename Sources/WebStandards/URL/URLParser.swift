/// The basic URL parser, written as straight code instead of the standard's state machine.
///
/// The first `#` always starts the fragment and the first `?` before it the query, so the rest can be taken apart by itself. The
/// serialisation is written to `output` as parsing goes on.
///
/// Source: WHATWG URL Standard, section 4.4.
struct URLParser {
    let input: UnsafeBufferPointer<UInt8>
    let base: WebURL?
    var output: [UInt8] = []
    var layout = URLLayout()
    var position = 0
    /// Where the part before the query and the fragment ends.
    let mainEnd: Int
    private let query: Range<Int>?
    private let fragment: Range<Int>?

    /// Longer texts are refused: no server takes them, and offsets stay small.
    private static let maximumLength = 1 << 24

    static func parse(_ input: UnsafeBufferPointer<UInt8>, base: WebURL?) -> WebURL? {
        guard input.count <= maximumLength else { return nil }
        guard input.contains(where: { $0 <= 0x20 }) else { return parseClean(input, base: base) }
        var trimmed = input[...]
        while let first = trimmed.first, first <= 0x20 { trimmed.removeFirst() }
        while let last = trimmed.last, last <= 0x20 { trimmed.removeLast() }
        let clean = trimmed.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        return clean.withUnsafeBufferPointer { parseClean($0, base: base) }
    }

    private static func parseClean(_ input: UnsafeBufferPointer<UInt8>, base: WebURL?) -> WebURL? {
        var parser = URLParser(input: input, base: base)
        guard parser.run() else { return nil }
        return WebURL(href: String(decoding: parser.output, as: UTF8.self), layout: parser.layout)
    }

    private init(input: UnsafeBufferPointer<UInt8>, base: WebURL?) {
        self.input = input
        self.base = base
        let hash = input.firstIndex(of: UInt8(ascii: "#"))
        let end = hash ?? input.count
        let mark = input[..<end].firstIndex(of: UInt8(ascii: "?"))
        fragment = hash.map { $0 + 1..<input.count }
        query = mark.map { $0 + 1..<end }
        mainEnd = mark ?? end
        output.reserveCapacity(input.count + 16)
    }

    private mutating func run() -> Bool {
        if let colon = schemeEnd() {
            writeScheme(upTo: colon)
            position = colon + 1
            return parseAfterScheme() && finish()
        }
        guard let base else { return false }
        if base.hasOpaquePath {
            guard mainEnd == 0, query == nil, fragment != nil else { return false }
            copy(base, upTo: base.layout.fragmentStart ?? base.count)
            layout.queryStart = base.layout.queryStart
            layout.pathStart = base.layout.pathStart
            layout.hasOpaquePath = true
            return finish()
        }
        return (base.layout.kind == .file ? parseFile(base: base) : parseRelative(to: base)) && finish()
    }

    private mutating func parseAfterScheme() -> Bool {
        switch layout.kind {
        case .file:
            return parseFile(base: base?.layout.kind == .file ? base : nil)
        case .other:
            guard byte(position) == UInt8(ascii: "/") else {
                parseOpaquePath()
                return true
            }
            if byte(position + 1) == UInt8(ascii: "/") { return parseAuthority(at: position + 2) }
            position += 1
            layout.pathStart = output.count
            parseSegments()
            return true
        default:
            if let base, base.layout.kind == layout.kind, !startsWithTwoSlashes { return parseRelative(to: base) }
            return parseAuthority(at: skippingSlashes(position))
        }
    }

    private mutating func parseRelative(to base: WebURL) -> Bool {
        layout.kind = base.layout.kind
        let isRooted = isSlash(position)
        if isRooted, isSlash(position + 1) {
            copyScheme(of: base)
            return parseAuthority(at: layout.kind.isSpecial ? skippingSlashes(position + 2) : position + 2)
        }
        copy(base, upTo: base.layout.authorityEnd)
        layout.pathStart = output.count
        if isRooted {
            position += 1
            parseSegments()
            return true
        }
        output.append(contentsOf: base.bytes(base.layout.pathStart, base.layout.pathEnd(in: base.count)))
        if position < mainEnd {
            shortenPath()
            parseSegments()
        } else if query == nil {
            copyQuery(of: base)
        }
        return true
    }

    private mutating func parseOpaquePath() {
        layout.hasOpaquePath = true
        layout.usernameEnd = output.count
        layout.hostStart = output.count
        layout.hostEnd = output.count
        layout.authorityEnd = output.count
        layout.pathStart = output.count
        output.append(encoding: bytes(position, mainEnd), with: .control)
        if query != nil || fragment != nil, output.last == 0x20, output.count > layout.pathStart {
            output.removeLast()
            output.append(escaped: 0x20)
        }
    }

    /// Writes the query and the fragment, and keeps a path from looking like an authority.
    private mutating func finish() -> Bool {
        if !layout.hasAuthority, !layout.hasOpaquePath, output[layout.pathStart...].starts(with: "//".utf8) {
            output.insert(contentsOf: "/.".utf8, at: layout.pathStart)
            layout.pathStart += 2
            if let start = layout.queryStart { layout.queryStart = start + 2 }
        }
        if let query {
            layout.queryStart = output.count
            output.append(UInt8(ascii: "?"))
            let set: PercentEncodeSet = layout.kind.isSpecial ? .specialQuery : .query
            output.append(encoding: bytes(query.lowerBound, query.upperBound), with: set)
        }
        if let fragment {
            layout.fragmentStart = output.count
            output.append(UInt8(ascii: "#"))
            output.append(encoding: bytes(fragment.lowerBound, fragment.upperBound), with: .fragment)
        }
        return true
    }
}

extension URLParser {
    @inline(__always)
    func byte(_ index: Int) -> UInt8? { index < mainEnd ? input[index] : nil }

    /// Whether a separator of segments is at `index`.
    @inline(__always)
    func isSlash(_ index: Int) -> Bool {
        guard index < mainEnd else { return false }
        return input[index] == UInt8(ascii: "/") || (input[index] == UInt8(ascii: "\\") && layout.kind.isSpecial)
    }

    func bytes(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: input[start..<end])
    }

    private var startsWithTwoSlashes: Bool {
        byte(position) == UInt8(ascii: "/") && byte(position + 1) == UInt8(ascii: "/")
    }

    private func skippingSlashes(_ start: Int) -> Int {
        var index = start
        while isSlash(index) { index += 1 }
        return index
    }

    private func schemeEnd() -> Int? {
        guard let first = byte(0), first.isASCIILetter else { return nil }
        for index in 1..<max(mainEnd, 1) {
            switch input[index] {
            case UInt8(ascii: ":"): return index
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): continue
            case let other where other.isASCIILetter || other.isASCIIDigit: continue
            default: return nil
            }
        }
        return nil
    }

    private mutating func writeScheme(upTo colon: Int) {
        for index in 0..<colon { output.append(input[index].lowercasedASCII) }
        layout.kind = output.withUnsafeBufferPointer { SchemeKind($0) }
        layout.schemeEnd = colon
        output.append(UInt8(ascii: ":"))
        layout.usernameEnd = output.count
        layout.hostStart = output.count
        layout.hostEnd = output.count
        layout.authorityEnd = output.count
    }

    private mutating func copyScheme(of base: WebURL) {
        output.removeAll(keepingCapacity: true)
        output.append(contentsOf: base.bytes(0, base.layout.schemeEnd + 1))
        layout.kind = base.layout.kind
        layout.schemeEnd = base.layout.schemeEnd
    }

    /// Starts the output with the part of `base` up to `end`, which is behind its authority or farther.
    mutating func copy(_ base: WebURL, upTo end: Int) {
        output.removeAll(keepingCapacity: true)
        output.append(contentsOf: base.bytes(0, end))
        layout = base.layout
        layout.queryStart = nil
        layout.fragmentStart = nil
    }

    mutating func copyQuery(of base: WebURL) {
        guard let start = base.layout.queryStart else { return }
        layout.queryStart = output.count
        output.append(contentsOf: base.bytes(start, base.layout.fragmentStart ?? base.count))
    }

    /// Whether a query was written in the input.
    var hasQuery: Bool { query != nil }
}
