import Foundation
import TestSupport
import Testing

extension ServeRig {
    /// Asks as it is told and prints status, header fields and body of each answer, one JSON object a line.
    private static let script = """
        import http.client, json, sys, time
        host = sys.argv[1].removeprefix("http://")
        # The index is loaded a moment after the port is open.
        for _ in range(600):
            c = http.client.HTTPConnection(host); c.request("GET", "/readyz")
            if c.getresponse().status == 200: break
            time.sleep(0.05)
        for method, path, fields, body in json.loads(sys.argv[2]):
            c = http.client.HTTPConnection(host)
            c.putrequest(method, path, skip_host="Host" in fields, skip_accept_encoding=True)
            for name, value in fields.items(): c.putheader(name, value)
            body = body.encode() * int(fields.pop("Repeat", 1))
            if body: c.putheader("Content-Length", str(len(body)))
            c.endheaders(body or None)
            r = c.getresponse(); data = r.read()
            print(json.dumps({"status": r.status, "fields": {k.lower(): v for k, v in r.getheaders()}, "body": data.decode("latin-1")}))
        """

    /// One request: method, path, fields, body.
    typealias Question = (method: String, path: String, fields: [String: String], body: String)

    /// Status, header fields by lower-case name, and body of the answer to each question; nil where there is no Python to ask with.
    func ask(_ questions: [Question]) async throws -> [[String: Any]]? {
        let rows = questions.map { [$0.method, $0.path, $0.fields, $0.body] as [Any] }
        let json = String(decoding: try JSONSerialization.data(withJSONObject: rows), as: UTF8.self)
        guard let output = try await ForeignPython.run(Self.script, [origin, json]) else { return nil }
        try #require(output.split(separator: "\n").count == questions.count, "\(serve.errors.suffix(2_000))")
        return try output.split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
        }
    }
}
