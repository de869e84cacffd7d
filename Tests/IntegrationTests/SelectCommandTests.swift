import Foundation
import TestSupport
import Testing

@Suite struct SelectCommandTests {
    private let program = Program("animematcher")

    private func select(_ arguments: String..., page: Data) async throws -> Program.Result {
        try await program.run(["select"] + arguments, input: page)
    }

    private let page = Data("<p>one\n two</p><p>three</p><a href='/x'>l</a>".utf8)

    @Test("each match is a line; --json keeps white space")
    func matches() async throws {
        #expect(try await select("--css", "p::text", page: page).lines == ["one two", "three"])
        #expect(try await select("--xpath", "//a/@href", "-", page: page).lines == ["/x"])
        #expect(try await select("--xpath", "count(//p)", page: page).lines == ["2.0"])
        let json = try await select("--css", "p::text", "--json", page: page)
        #expect(json.output == "[\"one\\n two\",\"three\"]\n", "\(json.output)")
    }

    @Test("nothing found is a failure, with an empty list as JSON")
    func nothing() async throws {
        let result = try await select("--css", "h1", "--json", page: page)
        #expect(result.status == 1)
        #expect(result.output == "[]\n")
        #expect(try await select("--css", "h1", page: Data()).status == 1)
    }

    @Test("a selector that is none is an error of usage that shows the place")
    func mistakes() async throws {
        let css = try await select("--css", "p[", page: page)
        #expect(css.status == 64)
        #expect(css.errors.contains("--css: expected"), "\(css.errors)")
        #expect(css.errors.contains("p[\n"), "\(css.errors)")
        #expect(try await select("--xpath", "//p[", page: page).status == 64)
        #expect(try await select(page: page).status == 64)
        #expect(try await select("--css", "p", "--xpath", "//p", page: page).status == 64)
        let missing = try await program.run(["select", "--css", "p", "/nowhere.html"])
        #expect(missing.status == 1)
        #expect(missing.errors.contains("/nowhere.html"))
    }

    @Test("pages are decoded as they declare themselves, or as the header says")
    func encodings() async throws {
        let declared = Data("<meta charset=windows-1251><p>".utf8) + [0xE0, 0xE1] + Data("</p>".utf8)
        #expect(try await select("--css", "p::text", page: declared).lines == ["аб"])
        let japanese = Data("<p>".utf8) + [0x83, 0x65, 0x83, 0x58] + Data("</p>".utf8)
        let result = try await select(
            "--css", "p::text", "--content-type", "text/html; charset=shift_jis", page: japanese)
        #expect(result.lines == ["テス"])
        let wide = Data([0xFF, 0xFE]) + ("<p>é</p>".data(using: .utf16LittleEndian) ?? Data())
        #expect(try await select("--css", "p::text", page: wide).lines == ["é"])
    }
}
