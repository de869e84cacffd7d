import WebStandards

/// Reading JSON and writing it again.
struct JSONTarget: FuzzTarget {
    static let name = "json"
    let seeds = [
        #"{"a":[1,-2e5,"\u00e9\ud83d\ude00",true,null],"b":{}}"#, "[0.1, 1E400, -0, 9223372036854775808, 1e-400]",
        #""\/\b\f\n\r\t""#,
        #"{"@graph":[{"@type":"Movie","name":"x"}]}"#,
    ]
    let dictionary = [
        "{", "}", "[", "]", ",", ":", "\"", "\\u", "\\ud83d", "\\ude00", "\\", "true", "false", "null", "-", "0", "1e",
        "1e999",
        ".5", "9007199254740993", "\u{FEFF}", "\u{0}", " ", "\"a\":", "NaN", "//", "é", "\u{2028}",
    ]
    let fileNames = [".json"]
    let maximumLength = 2_048

    func check(_ input: [UInt8]) throws {
        let value: JSONValue
        do { value = try JSONValue(parsing: input) } catch {
            return try require((0...input.count).contains(error.offset), "an error outside the text: \(error)")
        }
        for isPretty in [false, true] {
            let bytes = value.serializedBytes(pretty: isPretty)
            try require(String(validating: bytes, as: UTF8.self) != nil, "written JSON is no UTF-8")
            let again = try JSONValue(parsing: bytes)
            try require(again == value, "written and read again it differs: \(value.serialized())")
        }
        let sorted = value.serialized(sortedKeys: true)
        try require(try JSONValue(parsing: sorted).serialized(sortedKeys: true) == sorted, "sorting is not stable")
    }
}
