import Testing
import WebStandards

@Suite("JSON")
struct JSONTests {
    @Test("a text comes back as it was, members in their order")
    func roundTrip() throws {
        let text = #"{"z":[1,-2.5,1e+30,true,null],"a":{"k":"\"\\/\u00e9\n"},"":""}"#
        let value = try JSONValue(parsing: text)
        #expect(value.serialized() == #"{"z":[1,-2.5,1e+30,true,null],"a":{"k":"\"\\/é\n"},"":""}"#)
        #expect(try JSONValue(parsing: value.serialized(pretty: true, sortedKeys: true)) == value)
        #expect(value.serialized(sortedKeys: true).hasPrefix(#"{"":"","a":"#))
    }

    @Test("numbers are integers where they fit, doubles otherwise")
    func numbers() throws {
        #expect(try JSONValue(parsing: "9223372036854775807") == .int(.max))
        #expect(try JSONValue(parsing: "9223372036854775808") == .double(9_223_372_036_854_775_808))
        #expect(try JSONValue(parsing: "1.0") == .double(1))
        #expect(JSONValue.double(3).intValue == 3)
        #expect(JSONValue.double(3.5).intValue == nil)
        #expect(JSONValue.double(.infinity).serialized() == "null")
    }

    @Test(
        "texts that are not JSON are refused",
        arguments: [
            "", " ", "{", "[1,]", "{\"a\":}", "{a:1}", "01", "1.", "-", "+1", "1e", "1e999", "\"", "\"\t\"", "\"\\x\"",
            "\"\\u12\"",
            "nul", "[1] 2", "'a'", "NaN", "{\"a\" 1}", "\u{FEFF}\u{FEFF}1",
        ])
    func refusals(text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }

    @Test("an error says where and what was expected")
    func errors() {
        #expect(throws: JSONError(.unexpectedByte, offset: 6, expected: "',' or ']'")) {
            try JSONValue(parsing: "[1, 2 3]")
        }
        #expect(throws: JSONError(.tooDeep, offset: 128, expected: "at most 128 levels")) {
            try JSONValue(parsing: String(repeating: "[", count: 1000))
        }
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test("surrogate pairs are joined and lone halves replaced")
    func surrogates() throws {
        #expect(try JSONValue(parsing: #""\ud83d\ude00""#) == "😀")
        #expect(try JSONValue(parsing: #""\ud83dx\ude00""#) == "\u{FFFD}x\u{FFFD}")
    }

    @Test("objects keep the order of keys but are equal in any order")
    func objects() throws {
        var object: JSONObject = ["b": 1, "a": 2]
        #expect(object == ["a": 2, "b": 1])
        #expect(object.hashValue == (["a": 2, "b": 1] as JSONObject).hashValue)
        object["b"] = nil
        object["c"] = 3
        object["a"] = 4
        #expect(object.keys == ["a", "c"])
        let repeated = try JSONValue(parsing: #"{"x":1,"y":2,"x":3}"#)
        #expect(repeated.serialized() == #"{"x":3,"y":2}"#)
    }

    @Test("large objects find their members after changes")
    func largeObjects() {
        var object = JSONObject((0..<1000).map { (key: "k\($0)", value: .int(Int64($0))) })
        object["k10"] = nil
        object["new"] = true
        #expect(object.count == 1000)
        #expect(object["k999"] == 999)
        #expect(object["k10"] == nil)
        #expect(object["new"] == true)
    }

    @Test("what must be escaped is, wherever in a text it stands; what needs not is not")
    func escapes() throws {
        let special = (UInt8(0)..<0x20).map { $0 } + [0x22, 0x5C, 0x7F]
        for place in 0..<20 {
            let before = String(repeating: "é", count: place / 2) + String(repeating: "!", count: place % 2)
            for byte in special {
                let text = before + String(UnicodeScalar(byte)) + "~[]é"
                let written = JSONValue.string(text).serializedBytes()
                #expect(try JSONValue(parsing: written) == .string(text))
                #expect(written.count > text.utf8.count + 2)
            }
            let plain = before + " !#[]~é"
            #expect(JSONValue.string(plain).serialized() == "\"\(plain)\"")
        }
    }

    @Test("an object of members that are known to differ is like any other", arguments: [1, 64, 65, 200])
    func unique(count: Int) {
        let members = (0..<count).map { (key: "key\($0)", value: JSONValue.int(Int64($0))) }
        var object = JSONObject(uniqueMembers: members)
        #expect(object == JSONObject(members))
        #expect(object["key\(count - 1)"] == .int(Int64(count - 1)))
        object["key0"] = nil
        object["new"] = .null
        #expect(object.count == count && object["key0"] == nil && object["new"] == .null)
    }
}
