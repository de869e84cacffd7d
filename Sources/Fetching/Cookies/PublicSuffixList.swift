import Foundation
import WebStandards

/// The names below which anybody may register: `com`, `co.uk`, `github.io` (https://publicsuffix.org/list/).
public struct PublicSuffixList: Sendable {
    /// The file of Debian's package `publicsuffix`.
    public static let systemFile = "/usr/share/publicsuffix/public_suffix_list.dat"
    /// No list is larger; today's has 250 KiB.
    public static let maximumBytes = 8 << 20

    private var rules: Set<String> = []
    /// `*.x` as `x`.
    private var wildcards: Set<String> = []
    /// `!x` as `x`.
    private var exceptions: Set<String> = []

    /// Reads a list in the format of publicsuffix.org; private domains count like those of registries.
    public init(text: String) {
        for line in text.utf8.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
            let rule = Substring(line.prefix { $0 > 0x20 })
            guard !rule.isEmpty, !rule.hasPrefix("//") else { continue }
            if rule.hasPrefix("!") {
                exceptions.insert(Self.asciiForm(rule.dropFirst()))
            } else if rule.hasPrefix("*.") {
                wildcards.insert(Self.asciiForm(rule.dropFirst(2)))
            } else {
                rules.insert(Self.asciiForm(rule))
            }
        }
    }

    /// The list of this machine.
    ///
    /// - Throws: `.invalidConfiguration` when there is none: without it cookies cannot be told from super-cookies.
    public static func system() throws(FetchError) -> PublicSuffixList {
        guard let data = FileManager.default.contents(atPath: systemFile), data.count <= maximumBytes,
            case let list = PublicSuffixList(text: String(decoding: data, as: UTF8.self)), list.rules.count > 1000
        else {
            throw FetchError(
                .invalidConfiguration, url: nil,
                cause: "cookies need the public suffix list at \(systemFile): install the package publicsuffix")
        }
        return list
    }

    /// As hosts are spelled in URLs.
    private static func asciiForm(_ name: Substring) -> String {
        name.utf8.allSatisfy { $0 < 0x80 } ? name.lowercased() : WebURL("http://\(name)/")?.host ?? name.lowercased()
    }

    /// Whether strangers live below this name; a name that the list does not know is one when it has no dot.
    ///
    /// - Parameter name: In lower case and ASCII, without dots around it.
    public func isPublicSuffix(_ name: String) -> Bool {
        if exceptions.contains(name) { return false }
        guard let dot = name.firstIndex(of: ".") else { return true }
        // What has a wildcard below it is none by the letter of the list, but a cookie for it would reach all of them.
        let parent = String(name[name.index(after: dot)...])
        return rules.contains(name) || wildcards.contains(name) || wildcards.contains(parent)
    }
}
