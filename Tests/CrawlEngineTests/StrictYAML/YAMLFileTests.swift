import Testing

@testable import CrawlEngine

@Suite("YAMLFile")
struct YAMLFileTests {
    private func file(_ text: String, limits: YAMLLimits = .init()) throws -> YAMLFile {
        try YAMLFile(name: "x.yaml", bytes: Array(text.utf8), limits: limits)
    }

    private func mistakes(_ text: String, limits: YAMLLimits = .init(), read: (YAMLMap) -> Void = { _ in }) -> [String]
    {
        do {
            let file = try file(text, limits: limits)
            if let map = file.root.map() { read(map) }
            try file.finish()
            return []
        } catch {
            return (error as? YAMLError)?.mistakes.map(\.description) ?? ["\(error)"]
        }
    }

    @Test("typed values are read")
    func types() throws {
        let file = try file("a: 1_000\nb: true\nc: 'no'\nd: 500ms\ne: [x, y]\nf: x\ng: 1.5\nh: ~\ni: 1.10\n")
        let map = try #require(file.root.map())
        #expect(map.take("a")?.int() == 1_000)
        #expect(map.take("b")?.bool() == true)
        #expect(map.take("c")?.string() == "no")
        #expect(map.take("d")?.duration() == .milliseconds(500))
        #expect(map.take("e")?.strings() == ["x", "y"])
        #expect(map.take("f")?.strings() == ["x"])
        #expect(map.take("g")?.double() == 1.5)
        #expect(map.take("h")?.isNull == true)
        #expect(map.take("i")?.string() == "1.10")
        map.close()
        try file.finish()
    }

    @Test("an unknown key is reported at its place, with the keys there are")
    func unknownKey() {
        let found = mistakes("title: a\ntittle: b\nzzz: c\n") { map in
            _ = map.take("title")
            _ = map.take("type")
            map.close()
        }
        #expect(
            found == [
                "x.yaml:2:1: unknown key 'tittle'; did you mean 'title'? expected one of title, type",
                "x.yaml:3:1: unknown key 'zzz'; expected one of title, type",
            ])
    }

    @Test("a wrong value says what was expected and what was found")
    func wrongValues() {
        let found = mistakes("a: soon\nb: [1]\nc: 'true'\nd: {}\ne: 11\n") { map in
            _ = map.take("a")?.duration()
            _ = map.take("b")?.string()
            _ = map.take("c")?.bool()
            _ = map.take("d")?.list()
            _ = map.take("e")?.int(in: 1...10)
            _ = map.require("f")
        }
        #expect(
            found == [
                "x.yaml:1:1: the key 'f' is missing",
                "x.yaml:1:4: expected a time with its unit, such as 500ms, 4s, 10m, 24h or 7d, found 'soon'",
                "x.yaml:2:4: expected a text, found a list",
                "x.yaml:3:4: expected true or false, found 'true'",
                "x.yaml:4:4: expected a list, found a map",
                "x.yaml:5:4: expected a whole number from 1 to 10, found 11",
            ])
    }

    @Test("a key that stands twice is refused")
    func duplicateKey() {
        #expect(mistakes("a: 1\nb: 2\na: 3\n") == ["x.yaml:1:1: the key 'a' stands twice in one map"])
    }

    @Test("broken YAML is refused at its place")
    func broken() {
        #expect(mistakes("a: [1, 2\nb: 3\n").first?.hasPrefix("x.yaml:2:") == true)
        #expect(mistakes("a: \u{1}\n").count == 1)
    }

    @Test("an alias bomb is refused without being unfolded")
    func aliasBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let names = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(names)]\n"
        }
        #expect(mistakes(text) == ["x.yaml: more than 100000 values or 32 levels, aliases filled in"])
    }

    @Test("a file that is too large, too deep or no UTF-8 is refused")
    func limits() {
        #expect(mistakes("aaaa: b", limits: .init(maximumBytes: 4)).first?.contains("at most 4 are read") == true)
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(mistakes("a: \(deep)").first?.contains("32 levels") == true)
        #expect(throws: YAMLError.self) { try YAMLFile(name: "x", bytes: [0xFF, 0xFE, 0xFD]) }
    }

    @Test(
        "durations need a unit and a sane size",
        arguments: ["4", "s", "1y", "-4s", "4 s", "99999999999999999d", "40000d"])
    func durations(text: String) {
        #expect(Duration(spiderText: text) == nil)
    }

    @Test("an empty file is an empty map")
    func empty() throws {
        let map = try #require(try file("").root.map())
        #expect(map.keys.isEmpty)
    }
}
