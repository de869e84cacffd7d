import Foundation
import WebStandards

/// Whether a URL or a page speaks of a person, by a name that stands where sites put names: a segment of a path, the value of a parameter, a
/// whole text between tags, a whole JSON string.
///
/// It may find somebody's namesake, such as a genre of that name: then a raw page too many goes.
struct PersonMention: Sendable {
    private let name: String
    private let bytes: [UInt8]

    init(_ name: String) {
        self.name = name.lowercased()
        bytes = Array(name.lowercased().utf8)
    }

    /// Whether a segment of the path or the value of a parameter is the name.
    func isAddress(_ url: String) -> Bool {
        Self.parts(of: url).contains(name)
    }

    /// Segments of the path and values of parameters, decoded, in lower case.
    static func parts(of url: String) -> Set<String> {
        guard let url = WebURL(url) else { return [] }
        let segments = url.path.split(separator: "/").map(String.init)
        let values = (url.query ?? "").split(separator: "&").compactMap { pair in
            pair.split(separator: "=", maxSplits: 1).dropFirst().first.map { String($0).replacing("+", with: " ") }
        }
        return Set((segments + values).map { ($0.removingPercentEncoding ?? $0).lowercased() })
    }

    /// Whether the name of a file has the person's name anywhere in it; rather one too many.
    func isFile(_ file: String) -> Bool { file.lowercased().contains(name) }

    /// Whether a page names the person: ASCII letters in either case, all other bytes as they are.
    func isNamed(in page: [UInt8]) -> Bool {
        guard let first = bytes.first, page.count >= bytes.count else { return false }
        return page.withUnsafeBufferPointer { page in
            for start in 0...(page.count - bytes.count) where Self.folded(page[start]) == first {
                if start > 0, !Self.opens(page[start - 1]) { continue }
                let end = start + bytes.count
                if end < page.count, !Self.closes(page[end]) { continue }
                if (1..<bytes.count).allSatisfy({ Self.folded(page[start + $0]) == bytes[$0] }) { return true }
            }
            return false
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    /// / = " ' >
    private static func opens(_ byte: UInt8) -> Bool { [0x2F, 0x3D, 0x22, 0x27, 0x3E].contains(byte) }

    /// / ? & # " ' < \
    private static func closes(_ byte: UInt8) -> Bool {
        [0x2F, 0x3F, 0x26, 0x23, 0x22, 0x27, 0x3C, 0x5C].contains(byte)
    }
}
