import CrawlEngine
import WebStandards

/// Compiling a JSON path and following it.
struct JSONPathTarget: FuzzTarget {
    static let name = "json-path"
    let seeds = ["$.rows[*].title", "$['a b'][0]", "title", "/rows/0/ti~1tle~0", "$[*][*]", "$"]
    let dictionary = [
        "$", ".", "*", "[", "]", "[*]", "[0]", "['", "']", "\"", "/", "~0", "~1", "rows", "-1", "99999999999999999999",
    ]
    private let value = try? JSONValue(
        parsing: #"{"rows":[{"title":1,"a b":[2]},{"":{"/":3}}],"title":"t","a":{"b":{}}}"#)

    func check(_ input: [UInt8]) throws {
        let source = String(decoding: input, as: UTF8.self)
        guard let value, let path = try? JSONPath(source) else { return }
        try require(path.values(in: value).count <= 64, "more values than there are")
        _ = path.values(in: .null)
    }
}
