/// Cuts long descriptions into parts as the original system did, which fitted its topics to the parts and averaged them for each anime.
///
/// A text of more than 900 characters is wrapped at blanks into lines of at most a third of its length plus 30 characters (in practice three
/// or four parts); each part but the last gets a full stop. Of each part the words after its last full stop, exclamation mark or opening
/// bracket are then dropped, which was meant for *(Source: …)*, together with the marks themselves.
public struct DescriptionSplitter: Sendable {
    /// Texts longer than this are cut.
    public var longestWhole: Int

    /// Makes a splitter; the default is the original's.
    public init(longestWhole: Int = 900) { self.longestWhole = longestWhole }

    /// The cleaned parts of an anime's descriptions: only a single one is cut.
    public func parts(of descriptions: [String]) -> [String] {
        guard descriptions.count == 1, let text = descriptions.first, text.unicodeScalars.count > longestWhole else {
            return descriptions.map(cleaned)
        }
        let lines = wrapped(text, width: text.unicodeScalars.count / 3 + 30)
        return lines.enumerated().map { cleaned($1 + ($0 + 1 < lines.count ? "." : "")) }
    }

    /// The text up to its last full stop, exclamation mark or opening bracket, without any of these.
    func cleaned(_ text: String) -> String {
        var bytes = Array(text.utf8)
        let isMark = { (byte: UInt8) in byte == 0x2E || byte == 0x21 || byte == 0x28 }
        guard let last = bytes.lastIndex(where: isMark) else { return "" }
        bytes.removeSubrange(last...)
        bytes.removeAll(where: isMark)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Lines of at most `width` characters, broken at blanks and after hyphens between letters; a longer word is broken anywhere.
    ///
    /// As Python's `textwrap.wrap`: every white space becomes a blank, and blanks at the ends of lines go.
    func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [[Unicode.Scalar]] = []
        var line: [Unicode.Scalar] = []
        func endLine() {
            while line.last == " " { line.removeLast() }
            if !line.isEmpty { lines.append(line) }
            line = []
        }
        for var chunk in TextChunks(text) {
            while true {
                // A line starts with no blank, but for the first.
                if line.isEmpty, !lines.isEmpty, chunk.first == " " { break }
                if line.count + chunk.count <= width {
                    line += chunk
                    break
                }
                if chunk.count <= width || !line.isEmpty && chunk.first == " " {
                    endLine()
                    if chunk.first == " " { break }
                    continue
                }
                let space = width - line.count
                line += chunk.prefix(space)
                chunk.removeFirst(space)
                endLine()
            }
        }
        endLine()
        return lines.map { String(String.UnicodeScalarView($0)) }
    }
}

/// The pieces a text may be broken between: runs of blanks, and words, cut after inner hyphens.
private struct TextChunks: Sequence, IteratorProtocol {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ text: String) {
        scalars = text.unicodeScalars.map { Self.spaces.contains($0) ? " " : $0 }
    }

    private static let spaces: Set<Unicode.Scalar> = ["\t", "\n", "\u{B}", "\u{C}", "\r", " "]

    mutating func next() -> [Unicode.Scalar]? {
        guard position < scalars.count else { return nil }
        let start = position
        let isBlank = scalars[start] == " "
        while position < scalars.count, (scalars[position] == " ") == isBlank {
            position += 1
            if !isBlank, isBreak(before: position, from: start) { break }
        }
        return Array(scalars[start..<position])
    }

    /// Whether a hyphen between two letters on either side ends a piece here (`break_on_hyphens`).
    private func isBreak(before place: Int, from start: Int) -> Bool {
        guard scalars[place - 1] == "-", place - start >= 3, place + 1 < scalars.count else { return false }
        return [place - 3, place - 2, place, place + 1].allSatisfy { scalars[$0].properties.isAlphabetic }
    }
}
