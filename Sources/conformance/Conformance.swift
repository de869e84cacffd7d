import Foundation
import WebStandards

/// Speaks the protocol of the shared suites: one JSON request a line in, one JSON answer a line out.
@main
enum Conformance {
    static func main() {
        let operations = Operations.all
        while let line = readLine() {
            print(answer(line, operations).serialized())
            fflush(nil)
        }
    }

    private static func answer(_ line: String, _ operations: [String: Operation]) -> JSONValue {
        guard let request = try? JSONValue(parsing: line), let name = request["op"]?.stringValue else {
            return ["id": .null, "output": ["error": "not a request"]]
        }
        let id = request["id"] ?? .null
        guard let operation = operations[name] else { return ["id": id, "skip": "not implemented"] }
        do {
            return ["id": id, "output": try operation(Input(value: request["input"] ?? .null))]
        } catch {
            return ["id": id, "output": ["error": .string("\(error)")]]
        }
    }
}
