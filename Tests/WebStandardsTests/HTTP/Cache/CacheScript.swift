import Foundation

@testable import WebStandards

/// One row of the cache suite: requests with what the server answers and what must be seen.
struct CacheScript {
    let row: JSONValue

    var id: String { row["id"]?.stringValue ?? "" }
    var name: String { row["name"]?.stringValue ?? "" }
    var kind: String { row["kind"]?.stringValue ?? "" }
    var steps: [Step] { (row["requests"]?.arrayValue ?? []).map(Step.init) }

    /// One request of a script.
    struct Step {
        let value: JSONValue

        /// A field with a number stands for a date that many seconds from now.
        typealias Line = (name: String, value: JSONValue, isChecked: Bool)

        func lines(_ key: String) -> [Line] {
            (value[key]?.arrayValue ?? []).compactMap { line in
                guard let parts = line.arrayValue, let name = parts[0].stringValue else { return nil }
                return (name, parts[1], parts.count < 3 || parts[2].boolValue == true)
            }
        }

        func text(_ key: String) -> String? { value[key]?.stringValue }

        func isSet(_ key: String) -> Bool { value[key]?.boolValue == true }

        func has(_ key: String) -> Bool { value[key] != nil }

        var method: String { text("request_method") ?? "GET" }
        var type: String { text("expected_type") ?? "" }
        var status: Int { value["response_status"]?.arrayValue?.first?.intValue.map { Int($0) } ?? 200 }

        /// Whether a failure of this expectation says that the rest of the script has nothing to stand on.
        func isSetUp(_ expectation: String) -> Bool {
            isSet("setup") || value["setup_tests"]?.arrayValue?.contains { $0.stringValue == expectation } == true
        }

        /// A field's text at a time.
        func resolved(_ line: Line, now: Int64, base: String) -> String {
            let name = line.name.lowercased()
            if let seconds = line.value.intValue {
                let date = HTTPDate.format(now + seconds)
                let isOld = value["rfc850date"]?.arrayValue?.contains { $0.stringValue == name } == true
                return isOld ? Self.rfc850(date) : date
            }
            let text = line.value.stringValue ?? ""
            guard isSet("magic_locations"), ["location", "content-location"].contains(name) else { return text }
            return text.isEmpty ? base : "\(base)/\(text)"
        }

        private static func rfc850(_ date: String) -> String {
            let parts = date.split(separator: " ")
            let day = [
                "Sun,": "Sunday", "Mon,": "Monday", "Tue,": "Tuesday", "Wed,": "Wednesday", "Thu,": "Thursday",
                "Fri,": "Friday", "Sat,": "Saturday",
            ][String(parts[0])]
            return "\(day ?? ""), \(parts[1])-\(parts[2])-\(parts[3].suffix(2)) \(parts[4]) GMT"
        }
    }
}
