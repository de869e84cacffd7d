import Foundation
import WebStandards

/// The fixture pages of one site, `Spiders/fixtures/SITE/`, and what must come of them.
public struct FixtureFolder: Sendable {
    /// The folder.
    public let path: String
    /// What is expected, in the order of `expected.jsonl`; a page may stand in it several times, at several URLs.
    public private(set) var expectations: [PageExpectation] = []
    private var lines: [String] = []

    /// Reads the folder of a site; there need be none.
    ///
    /// - Parameter spiders: The folder of spiders.
    /// - Throws: With file and line of the first line that is wrong.
    public init(site: String, spiders: String) throws(FixtureError) {
        path = "\(spiders)/fixtures/\(site)"
        guard let data = FileManager.default.contents(atPath: expectedPath) else { return }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw FixtureError("\(expectedPath): the file is not UTF-8")
        }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.allSatisfy(\.isWhitespace) {
            expectations.append(try Self.expectation(String(line), at: "\(expectedPath):\(index + 1)"))
            lines.append(String(line))
        }
    }

    private var expectedPath: String { "\(path)/\(Self.expected)" }
    private static let expected = "expected.jsonl"

    private static func expectation(_ line: String, at place: String) throws(FixtureError) -> PageExpectation {
        guard let row = try? JSONValue(parsing: line) else {
            throw FixtureError("\(place): not JSON; expected one object on a line")
        }
        do throws(FixtureError) { return try PageExpectation(row) } catch { throw FixtureError("\(place): \(error)") }
    }

    /// The files that no line speaks of.
    public var unexpectedFiles: [String] {
        let known = Set(expectations.map(\.file))
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return files.filter { $0 != Self.expected && !$0.hasPrefix(".") && !known.contains($0) }.sorted()
    }

    /// A page's bytes.
    public func body(of file: String) throws(FixtureError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: "\(path)/\(file)") else {
            throw FixtureError("\(path)/\(file): cannot be read; expected the page that \(Self.expected) speaks of")
        }
        return [UInt8](data)
    }

    /// Whether there is such a file.
    public func has(_ file: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(file)") }

    /// A name for a new file: `anime.html`, or `anime-2.html` where that is taken.
    public func freeName(for page: String, ending: String) -> String {
        let names = ["\(page).\(ending)"] + (2...9_999).map { "\(page)-\($0).\(ending)" }
        return names.first { !has($0) } ?? "\(page)-\(UUID().uuidString).\(ending)"
    }

    /// Adds a page and what is expected of it.
    public mutating func add(_ expectation: PageExpectation, body: [UInt8]) throws(FixtureError) {
        try write(Data(body), to: "\(path)/\(expectation.file)")
        expectations.append(expectation)
        lines.append(expectation.line)
        try save()
    }

    /// Puts other expectations in the place of some, by their index; all other lines stay as they are.
    public mutating func replace(_ changed: [Int: PageExpectation]) throws(FixtureError) {
        for (index, expectation) in changed where expectations.indices.contains(index) {
            expectations[index] = expectation
            lines[index] = expectation.line
        }
        try save()
    }

    private func save() throws(FixtureError) {
        try write(Data((lines.joined(separator: "\n") + "\n").utf8), to: expectedPath)
    }

    private func write(_ data: Data, to file: String) throws(FixtureError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try data.write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw FixtureError("\(file): cannot be written (\(error.localizedDescription))")
        }
    }

    /// Whether a text can be the name of a fixture: letters, digits, `-`, `_` and `.`, none of them hidden.
    static func isName(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy {
            [0x2D, 0x2E, 0x5F].contains($0) || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20)
        }
        return isPlain && !text.isEmpty && text.utf8.count <= 128 && !text.hasPrefix(".") && text != expected
    }
}
