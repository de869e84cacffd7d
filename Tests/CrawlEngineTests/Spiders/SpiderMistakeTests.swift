import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

/// Every mistake in a spider gets a message with its place and the expected form: each key of each spider misspelt once, each value of a wrong
/// type once.
@Suite("Mistakes in spiders")
struct SpiderMistakeTests {
    static var sites: [String] { ["every"] + ((try? SpiderFixtures.loader().sites) ?? []) }

    /// A spider as a tree: of the project, or the one that has every key.
    private func tree(_ site: String) throws -> JSONValue {
        guard site == "every" else { return try YAMLTree.spider(site) }
        return try YAMLTree.read(try SpiderFixtures.bytes("every-key.yaml"))
    }

    /// The places to try: all of the spider that has every key, some of the others, since reading a long file takes its time.
    private func places(_ paths: [[YAMLTree.Step]], _ site: String) -> [[YAMLTree.Step]] {
        // Of list elements with the same keys one shows what all would.
        var seen: Set<[YAMLTree.Step]> = []
        let different = paths.filter { path in
            seen.insert(path.map { if case .index = $0 { YAMLTree.Step.index(0) } else { $0 } }).inserted
        }
        let step = site == "every" ? 1 : max(1, different.count / 4)
        return stride(from: 0, to: different.count, by: step).map { different[$0] }
    }

    /// The files as they are loaded with one of them changed.
    private func mistakes(_ site: String, _ changed: JSONValue, _ files: [String: String]) throws -> [String] {
        var files = files
        files[site] = changed.serialized(pretty: true)
        return try SpiderFixtures.mistakes(files, site: site)
    }

    private func others(of tree: JSONValue) throws -> [String: String] {
        guard let base = tree["extends"]?.stringValue else { return [:] }
        let file = SpiderFixtures.root.appendingPathComponent("Spiders/\(base).yaml")
        return [base: try String(contentsOf: file, encoding: .utf8)]
    }

    /// Keys whose names are the author's own: another name is another thing and no mistake by itself.
    private func isFree(_ path: [YAMLTree.Step]) -> Bool {
        guard path.count > 1 else { return false }
        let parent = path[path.count - 2]
        if path.count == 2, [.key("pages"), .key("fragments")].contains(parent) { return true }
        // A fragment that no schema reads, and what no item's field is.
        if path.count == 3, path[0] == .key("fragments") { return true }
        if isBody(path.dropLast()) { return true }
        return [.key("values"), .key("map"), .key("fields"), .key("headers")].contains(parent)
    }

    /// What is sent to an API is the API's business.
    private func isBody(_ path: some Collection<YAMLTree.Step>) -> Bool {
        zip(path, path.dropFirst()).contains { $0 == .key("request") && $1 == .key("json") }
    }

    private func isGood(_ message: String) -> Bool {
        let parts = message.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, Int(parts[1]).map({ $0 > 0 }) == true, Int(parts[2]).map({ $0 > 0 }) == true else {
            return false
        }
        let words = [
            "expected", "is missing", "did you mean", "needs", "takes no", "has no", "empty", "nothing here", "not a",
            "write", "give one",
        ]
        return words.contains { parts[3].contains($0) }
    }

    @Test("the file with every key has every key that the schema knows")
    func every() throws {
        let file = SpiderFixtures.root.appendingPathComponent("schemas/spider.schema.json")
        let schema = try JSONValue(parsing: [UInt8](Data(contentsOf: file)))
        let known = YAMLTree.paths(in: schema).filter { $0.count > 1 && $0[$0.count - 2] == .key("properties") }
        let written = Set(YAMLTree.paths(in: try tree("every")).compactMap(\.last))
        #expect(Set(known.compactMap(\.last)).subtracting(written).subtracting([.key("extends")]) == [])
        #expect(SchemaValidator(root: schema).mistakes(try tree("every")) == [])
    }

    @Test("the files are read the same as JSON", arguments: sites)
    func same(_ site: String) throws {
        let tree = try self.tree(site)
        #expect(try mistakes(site, tree, try others(of: tree)) == [])
    }

    @Test("each key misspelt once", .timeLimit(.minutes(5)), arguments: sites)
    func keys(_ site: String) async throws {
        let tree = try self.tree(site)
        let others = try others(of: tree)
        let keys = YAMLTree.paths(in: tree).filter { if case .key? = $0.last { true } else { false } }
        for path in places(keys, site) {
            await Task.yield()
            let changed = YAMLTree.changing(path[...], in: tree) { ("\($0)q", $1) }
            let found = try mistakes(site, changed, others)
            #expect(!found.isEmpty || isFree(path), "\(path)")
            #expect(found.allSatisfy(isGood), "\(path): \(found)")
        }
    }

    @Test("each value of a wrong type once", .timeLimit(.minutes(5)), arguments: sites)
    func values(_ site: String) async throws {
        let tree = try self.tree(site)
        let others = try others(of: tree)
        for path in places(YAMLTree.paths(in: tree), site) {
            await Task.yield()
            let changed = YAMLTree.changing(path[...], in: tree) {
                ($0, $1.objectValue == nil ? ["zzzz": 1] : [[["zzzz": 1]]])
            }
            let found = try mistakes(site, changed, others)
            #expect(!found.isEmpty || isBody(path), "\(path)")
            #expect(found.allSatisfy(isGood), "\(path): \(found)")
        }
    }

    @Test("any bytes put into a spider give messages or a spider, never a crash")
    func bytes() async throws {
        let text = Array(
            try String(contentsOf: SpiderFixtures.root.appendingPathComponent("Spiders/demo.yaml"), encoding: .utf8)
                .utf8)
        let pieces = [
            "{", "}", "[", "]", ":", "'", "\"", "&a ", "*a ", "!!x ", "- ", "\t", "\0", "%", "\u{2028}", "|\n", "? ",
        ]
        for (number, piece) in pieces.enumerated() {
            await Task.yield()
            for place in stride(from: number, to: text.count, by: 197) {
                let changed = text[..<place] + Array(piece.utf8) + text[place...]
                _ = try SpiderFixtures.mistakes(
                    [
                        "demo": String(decoding: changed, as: UTF8.self),
                        "myanimelist": "site: x\nhosts: [a.example]\npages: {}",
                    ],
                    site: "demo")
            }
        }
    }
}
