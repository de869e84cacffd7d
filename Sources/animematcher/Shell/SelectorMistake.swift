import Markup
import Terminal

/// A selector's mistake with its place marked below it.
struct SelectorMistake: Error, CustomStringConvertible {
    private static let context = 60
    let description: String

    init(_ error: SelectorError) {
        let scalars = Array(error.source.unicodeScalars)
        let offset = min(error.offset, scalars.count)
        // Of a long selector the part around the mistake.
        let start = max(0, offset - Self.context)
        let end = min(scalars.count, offset + Self.context)
        func shown(_ range: Range<Int>) -> String {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars[range])
            return Console.visible(String(text), limit: 2 * Self.context)
        }
        let before = (start > 0 ? "…" : "") + shown(start..<offset)
        let after = shown(offset..<end) + (end < scalars.count ? "…" : "")
        description = """
            expected \(Console.visible(error.expected))
              \(before)\(after)
              \(String(repeating: " ", count: before.count))^
            """
    }
}
