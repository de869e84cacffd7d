import WebStandards

extension Operations {
    static let http: [String: Operation] = [
        "http.date": { input in
            input.string("value").flatMap { HTTPDate.parse($0) }.map { .int($0) } ?? .null
        },
        "http.retry_after": { input in
            let now = input.string("now").flatMap { W3CDateTime.parse($0) } ?? 0
            return input.string("value").flatMap { RetryAfter.seconds($0, now: now) }.map { .int($0) } ?? .null
        },
        "http.redirect": { input in redirect(input) ?? .null },
    ]

    /// The suite's settings that say "do not follow" are the caller's business here, and taken in that place.
    private static func redirect(_ input: Input) -> JSONValue? {
        guard let asked = input["request"], let answered = input["response"], let status = answered["status"]?.intValue,
            let url = asked["url"]?.stringValue.flatMap({ WebURL($0) }), !isForbidden(asked["meta"], status: status)
        else { return nil }
        let request = RequestHead(
            method: asked["method"]?.stringValue ?? "GET", url: url, fields: fields(asked["headers"]),
            hasBody: !(Input(value: asked).bytes("body") ?? []).isEmpty)
        let response = ResponseHead(status: Int(status), fields: fields(answered["headers"]))
        guard let next = Redirect(of: request, by: response)?.request else { return nil }
        return .object([
            "url": .string(asWritten(next.url, response.fields.first("Location"))), "method": .string(next.method),
            "has_body": .bool(next.hasBody), "authorization": .bool(next.fields.contains("Authorization")),
            "cookie_header": .bool(next.fields.contains("Cookie")),
        ])
    }

    private static func isForbidden(_ meta: JSONValue?, status: Int64) -> Bool {
        let isHandled = meta?["handle_httpstatus_list"]?.arrayValue?.contains { $0.intValue == status } ?? false
        return isHandled || meta?["dont_redirect"]?.boolValue == true
            || meta?["handle_httpstatus_all"]?.boolValue == true
            || meta?["redirect_times"]?.intValue ?? 0 >= Redirect.maximumHops
    }

    private static func fields(_ headers: JSONValue?) -> HeaderFields {
        var fields = HeaderFields()
        for (name, values) in headers?.objectValue ?? [:] {
            for value in values.arrayValue ?? [values] {
                fields.append(HeaderField(name: name, bytes: bytes(value.stringValue ?? "")))
            }
        }
        return fields
    }

    /// The suite writes each byte of a header as the character of that number.
    private static func bytes(_ value: String) -> [UInt8] {
        value.unicodeScalars.flatMap { $0.value < 0x100 ? [UInt8($0.value)] : Array(String($0).utf8) }
    }

    /// The suite keeps an absolute URL as it is written: without a path, with a default port.
    private static func asWritten(_ url: WebURL, _ location: String?) -> String {
        guard let location, location.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), WebURL(location) == url else {
            return url.href
        }
        return location
    }
}
