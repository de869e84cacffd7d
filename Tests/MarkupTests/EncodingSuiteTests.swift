import Foundation
import Markup
import TestSupport
import Testing

@Suite("recorded encoding tests", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct EncodingSuiteTests {
    @Test("every encoding of the html5lib tests is found")
    func html5lib() throws {
        var passed = 0
        for row in try SuiteRow.all("suites/html5lib/encoding.jsonl") {
            let bytes = try #require(row.bytes("data"))
            let found = CharacterEncoding.sniff(bytes).encoding.name
            let expected = row.string("encoding")?.lowercased()
            #expect(found == expected, "\(row.id)")
            passed += found == expected ? 1 : 0
        }
        #expect(passed == 38)
    }

    /// Rows where w3lib differs from the standard, which we follow.
    private static let differing: [String: String] = [
        "w3lib-charset-16": "an unclosed quote ends with the header",
        "w3lib-charset-22": "what follows a closing quote is ignored",
        "w3lib-charset-42": "'< meta' is text",
        "w3lib-charset-59": "'< meta' is text",
        "w3lib-charset-49": "'httpequiv' means nothing",
        "w3lib-charset-76": "gb18030_2000 is no label",
        "w3lib-charset-85": "gb18030_2000 is no label",
        "w3lib-charset-111": "the web has no UTF-32",
        "w3lib-charset-113": "the web has no UTF-32",
    ]

    @Test("w3lib's tests pass where w3lib follows the standard")
    func w3lib() throws {
        for row in try SuiteRow.all("suites/w3lib/charset.jsonl") where Self.differing[row.id] == nil {
            let arguments = row.list("args") ?? []
            switch row.string("fn") {
            case "http_content_type_encoding":
                let header = arguments.first as? String ?? ""
                let (encoding, source) = CharacterEncoding.sniff([], contentType: header)
                #expect((source == .header ? encoding.name : nil) == Self.name(row.string("expected")), "\(row.id)")
            case "html_body_declared_encoding":
                let body = try #require(SuiteRow.bytes(of: arguments.first))
                let (encoding, source) = CharacterEncoding.sniff(body)
                #expect(
                    (source == .declaration ? encoding.name : nil) == Self.name(row.string("expected")), "\(row.id)")
            case "to_unicode":
                let body = try #require(SuiteRow.bytes(of: arguments.first))
                let header = "text/html; charset=\(arguments.last as? String ?? "")"
                #expect(CharacterEncoding.decode(body, contentType: header).text == row.string("expected"), "\(row.id)")
            case "html_to_unicode":
                let body = try #require(SuiteRow.bytes(of: arguments.last))
                let decoded = CharacterEncoding.decode(body, contentType: arguments.first as? String)
                #expect(decoded.text == row.list("expected")?.last as? String, "\(row.id)")
            default: continue
            }
        }
    }

    /// The standard's name for a codec of Python.
    private static func name(_ python: String?) -> String? {
        guard let python else { return nil }
        return CharacterEncoding(label: python)?.name ?? CharacterEncoding(label: python.filter { $0 != "-" })?.name
    }
}
