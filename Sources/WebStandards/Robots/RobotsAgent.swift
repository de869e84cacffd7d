/// A crawler's name, to be looked for in robots.txt.
struct RobotsAgent {
    private let name: [UInt8]
    /// Whether digits are part of the name, as they may not be of a product token.
    private let hasDigits: Bool

    /// - Parameter isVerbatim: Whether to take the whole name, not just the token in front.
    init(_ text: String, isVerbatim: Bool) {
        let bytes = Array(text.utf8)
        name = isVerbatim ? bytes : Array(Self.word(bytes[...]))
        hasDigits = !isVerbatim && name.contains(where: \.isASCIIDigit)
    }

    /// Whether a User-agent line addresses the crawler.
    func isNamed(by value: ArraySlice<UInt8>) -> Bool {
        let word = hasDigits ? Self.word(value) : RobotsFile.productToken(value)
        return name.count == word.count && !name.isEmpty
            && zip(name, word).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
    }

    private static func word(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        text.prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }
}
