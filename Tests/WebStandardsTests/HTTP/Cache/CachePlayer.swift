@testable import WebStandards

/// Plays a script with a clock of its own and says what was not as it must be.
struct CachePlayer {
    enum Verdict: Equatable {
        case passed
        case failed(String)
        /// What the script builds on did not happen.
        case setUpFailed(String)
    }

    /// What ends a script early.
    private struct Complaint: Error {
        let text: String
        let isSetUp: Bool
    }

    private let script: CacheScript
    private let origin: CacheOrigin
    private var cache = PlainCache()
    private var now: Int64 = 1_790_000_000
    private var answers: [CacheOrigin.Answer?] = []

    /// How long a script pauses, in seconds.
    private static let pause: Int64 = 3

    init(_ script: CacheScript) {
        self.script = script
        origin = CacheOrigin(script)
    }

    mutating func play() -> Verdict {
        do throws(Complaint) {
            for (index, step) in script.steps.enumerated() {
                let answer = try? cache.answer(request(step, index), from: origin, now: now)
                answers.append(answer)
                if let answer { try check(answer, step, number: index + 1) }
                if !step.isSet("disconnect"), answer == nil { throw Complaint(text: "no answer", isSetUp: true) }
                if step.isSet("pause_after") { now += Self.pause }
            }
            try checkOrigin()
            return .passed
        } catch {
            return error.isSetUp ? .setUpFailed(error.text) : .failed(error.text)
        }
    }

    private func request(_ step: CacheScript.Step, _ index: Int) -> RequestHead {
        let (file, query) = (step.text("filename").map { "/\($0)" }, step.text("query_arg").map { "?\($0)" })
        let text = CacheOrigin.base + (file ?? "") + (query ?? "")
        guard let url = WebURL(text) else { preconditionFailure("\(text) is no URL") }
        var fields = HeaderFields()
        for line in step.lines("request_headers") {
            fields.append(line.name, step.resolved(line, now: answers.last??.now ?? now, base: ""))
        }
        // How the Fetch standard asks for that mode.
        if step.text("cache") == "no-cache" { fields.append("Cache-Control", "max-age=0") }
        fields.append("Req-Num", "\(index + 1)")
        return RequestHead(method: step.method, url: url, fields: fields, hasBody: step.has("request_body"))
    }

    private func check(_ answer: CacheOrigin.Answer, _ step: CacheScript.Step, number: Int) throws(Complaint) {
        let count = answer.head.fields.first("Server-Request-Count").flatMap { Int($0) }
        func require(_ isRight: Bool, _ expectation: String?, _ text: @autoclosure () -> String) throws(Complaint) {
            guard !isRight else { return }
            throw Complaint(text: "\(number): \(text())", isSetUp: expectation.map(step.isSetUp) ?? true)
        }
        if step.type == "cached" { try require(count ?? 0 < number, "expected_type", "not from the cache") }
        if step.type == "not_cached" { try require(count == number, "expected_type", "from the cache") }
        if step.has("expected_status") {
            let expected = step.value["expected_status"]?.intValue.map { Int($0) }
            try require(
                expected == nil || answer.head.status == expected, "expected_status", "status \(answer.head.status)")
        } else if answer.head.status == 999 {
            try require(false, "expected_type", "not conditional")
        } else {
            try require(answer.head.status == step.status, nil, "status \(answer.head.status)")
        }
        for line in step.value["expected_response_headers"]?.arrayValue ?? [] {
            try require(
                Self.holds(line, answer, step), "expected_response_headers", "\(line) in \(answer.head.fields)")
        }
        for line in step.value["expected_response_headers_missing"]?.arrayValue ?? [] {
            let name = line.stringValue ?? line.arrayValue?.first?.stringValue ?? ""
            let value = line.arrayValue?.last?.stringValue
            let isThere = answer.head.fields.all(name).contains { value.map($0.contains) ?? true }
            try require(!isThere, "expected_response_headers_missing", "\(name) is there")
        }
        guard step.value["check_body"]?.boolValue != false else { return }
        if let expected = step.text("expected_response_text") {
            try require(answer.body == expected, "expected_response_text", "body \(answer.body)")
        } else if ![204, 304].contains(answer.head.status), step.method != "HEAD" {
            try require(answer.body == step.text("response_body") ?? CacheOrigin.body, nil, "body \(answer.body)")
        }
    }

    private static func holds(_ line: JSONValue, _ answer: CacheOrigin.Answer, _ step: CacheScript.Step) -> Bool {
        guard let parts = line.arrayValue, let name = parts[0].stringValue else {
            return answer.head.fields.contains(line.stringValue ?? "")
        }
        let value = answer.head.fields.all(name).joined(separator: ", ")
        if parts.count > 2 {
            if parts[1] == "=" { return value == answer.head.fields.first(parts[2].stringValue ?? "") }
            return Int64(value) ?? 0 > parts[2].intValue ?? 0
        }
        return answer.head.fields.contains(name)
            && value == step.resolved((name, parts[1], true), now: answer.now, base: CacheOrigin.base)
    }

    /// What the origin saw, and that what it sent arrived.
    private func checkOrigin() throws(Complaint) {
        var seen = origin.exchanges[...]
        for (index, step) in script.steps.enumerated() where step.type != "cached" {
            let exchange = seen.popFirst()
            func require(_ isRight: Bool, _ expectation: String?, _ text: String) throws(Complaint) {
                guard !isRight else { return }
                throw Complaint(text: "\(index + 1): \(text)", isSetUp: expectation.map(step.isSetUp) ?? true)
            }
            if step.type == "not_cached" { try require(exchange?.number == index + 1, "expected_type", "not asked") }
            let validator = ["etag_validated": "If-None-Match", "lm_validated": "If-Modified-Since"][step.type]
            if let validator {
                try require(exchange?.request.fields.contains(validator) == true, "expected_type", "no \(validator)")
            }
            for line in step.value["expected_request_headers"]?.arrayValue ?? [] {
                let name = line.stringValue ?? line.arrayValue?.first?.stringValue ?? ""
                let value = exchange?.request.fields.first(name)
                let isRight = line.arrayValue.map { $0.last?.stringValue == value } ?? (value != nil)
                try require(isRight, "expected_request_headers", "asked with \(name): \(value ?? "nothing")")
            }
            for field in exchange?.checked ?? [:] where field.name.lowercased() != "date" {
                let received = answers[index]?.head.fields.all(field.name).joined(separator: ", ")
                let sent = exchange?.checked.all(field.name).joined(separator: ", ")
                try require(answers[index] == nil || received == sent, nil, "\(field.name) is \(received ?? "")")
            }
            if let method = step.text("expected_method") {
                try require(exchange?.request.method == method, "expected_method", "asked by another method")
            }
        }
    }
}
