@testable import WebStandards

/// The suite's server: answers request number n of a script as its step n says, and remembers what it saw.
final class CacheOrigin {
    struct Exchange {
        let number: Int
        let request: RequestHead
        /// What the client must see as it was sent.
        let checked: HeaderFields
    }

    struct Answer {
        let head: ResponseHead
        let body: String
        /// When it was made; dates of the script are counted from here.
        let now: Int64
    }

    struct Disconnected: Error {}

    static let base = "http://127.0.0.1/test/page"
    static let body = "the body of a page that says nothing else"

    private let steps: [CacheScript.Step]
    private(set) var exchanges: [Exchange] = []
    private var sent: [Int: HeaderFields] = [:]

    init(_ script: CacheScript) {
        steps = script.steps
    }

    func answer(_ request: RequestHead, now: Int64) throws -> Answer {
        let number = Int(request.fields.first("Req-Num") ?? "") ?? 0
        let step = steps[number - 1]
        var fields: HeaderFields = [
            "Server-Request-Count": "\(exchanges.count + 1)", "Client-Request-Count": "\(number)",
            "Server-Now": "\(now)",
        ]
        var checked = HeaderFields()
        for line in step.lines("response_headers") {
            let text = step.resolved(line, now: now, base: request.url.href)
            fields.append(line.name, text)
            if line.isChecked { checked.append(line.name, text) }
        }
        if !fields.contains("Date") { fields.append("Date", HTTPDate.format(now)) }
        if !fields.contains("Content-Type") { fields.append("Content-Type", "text/plain") }
        let status = status(step, request, before: number > 1 ? sent[number - 1] ?? stated(number - 1) : nil)
        sent[number] = fields
        exchanges.append(Exchange(number: number, request: request, checked: checked))
        if step.isSet("disconnect") { throw Disconnected() }
        let body = [204, 304].contains(status) ? "" : step.text("response_body") ?? Self.body
        return Answer(head: ResponseHead(status: status, fields: fields), body: body, now: now)
    }

    /// What a step states, where its request was answered by the cache.
    private func stated(_ number: Int) -> HeaderFields {
        HeaderFields(
            steps[number - 1].lines("response_headers").map { .init(name: $0.name, value: $0.value.stringValue ?? "") })
    }

    private func status(_ step: CacheScript.Step, _ request: RequestHead, before: HeaderFields?) -> Int {
        guard step.type.hasSuffix("validated") else { return step.status }
        let pairs = [("If-Modified-Since", "Last-Modified"), ("If-None-Match", "ETag")]
        let isConditional = pairs.contains { asked, had in
            before?.first(had) != nil && before?.first(had) == request.fields.first(asked)
        }
        return isConditional ? 304 : 999
    }
}
