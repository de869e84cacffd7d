import Foundation
import Logging
import Testing
import WebStandards

@testable import Terminal

@Suite("The log as JSON")
struct JSONLogTests {
    private func event(_ message: String, _ metadata: Logger.Metadata = [:]) -> LogEvent {
        LogEvent(
            level: .warning, message: "\(message)", error: nil, metadata: metadata, source: "", file: "", function: "",
            line: 0)
    }

    private let time = Date(timeIntervalSince1970: 1_800_000_000.25)

    @Test("an event is an object with time, level, label, message, and each metadata a field")
    func fields() throws {
        var handler = JSONLogHandler(label: "crawl")
        handler[metadataKey: "run"] = "demo-1"
        let object = handler.object(
            of: event("slow", ["url_id": "ab", "status": .stringConvertible(200), "seconds": .stringConvertible(1.5)]),
            at: time)
        #expect(
            JSONValue.object(object).serialized()
                == #"{"time":"2027-01-15T08:00:00.250Z","level":"warning","label":"crawl","message":"slow","run":"demo-1","#
                + #""seconds":1.5,"status":200,"url_id":"ab"}"#)
    }

    @Test("metadata replaces nothing that every line has")
    func reserved() {
        let object = JSONLogHandler(label: "a").object(
            of: event("m", ["level": "info", "message": "forged"]), at: time)
        #expect(object["level"] == .string("warning") && object["metadata_level"] == .string("info"))
        #expect(object["message"] == .string("m"))
    }

    @Test("a line is one line without anything obeyed, whatever is in it", arguments: VisibleTextTests.hostile)
    func hostile(text: String) throws {
        let object = JSONLogHandler(label: "a").object(
            of: event(text, [text: .array(["\(text)"]), "b": ["\(text)": "\(text)"]]), at: time)
        let line = VisibleText.json(JSONValue.object(object).serialized())
        #expect(
            !line.unicodeScalars.contains {
                [.control, .format, .lineSeparator].contains($0.properties.generalCategory)
            })
        #expect(try JSONValue(parsing: line)["message"] == .string(text))
    }

    @Test("a line has a bounded size, however much is to be said")
    func bounded() {
        var deep: Logger.MetadataValue = "x"
        for _ in 0..<1_000 { deep = .array([deep, deep]) }
        let long = String(repeating: "x", count: 1 << 20)
        var metadata: Logger.Metadata = ["deep": deep]
        for number in 0..<1_000 { metadata["key\(number)"] = "\(long)" }
        let line = JSONValue.object(JSONLogHandler(label: "a").object(of: event(long, metadata), at: time)).serialized()
        #expect(line.utf8.count < 50_000)
    }
}
