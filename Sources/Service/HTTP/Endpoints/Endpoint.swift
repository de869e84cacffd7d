import Foundation
import HTTPTypes
import Hummingbird
import Logging
import WebStandards

/// One thing that can be asked of the API: where, with what, who may, what comes back; and who does it.
struct Endpoint: Sendable {
    /// Who may ask.
    enum Permission: Sendable { case anybody, tokenHolders }

    let method: HTTPRequest.Method
    /// Below the API's root, with parameters in braces: "/anime/{id}".
    let path: String
    let summary: String
    /// Which part of the API it belongs to.
    let group: String
    var permission = Permission.anybody
    var parameters: [Parameter] = []
    /// The schema of a JSON body; nil when there is none.
    var body: JSONValue?
    /// The name of the answer's schema.
    let answer: String
    /// What else may happen, by status.
    var problems: [Int: String] = [:]
    let handle: @Sendable (Call) async throws -> Answer

    /// Reading.
    static func get(
        _ path: String, _ summary: String, group: String, parameters: [Parameter] = [], answer: String,
        problems: [Int: String] = [:], handle: @escaping @Sendable (Call) async throws -> Answer
    ) -> Endpoint {
        Endpoint(
            method: .get, path: path, summary: summary, group: group, parameters: parameters, answer: answer,
            problems: problems, handle: handle)
    }

    /// Steering: for those who hold a token.
    static func steering(
        _ path: String, _ summary: String, method: HTTPRequest.Method = .post, parameters: [Parameter] = [],
        body: JSONValue? = nil, answer: String, problems: [Int: String] = [:],
        handle: @escaping @Sendable (Call) async throws -> Answer
    ) -> Endpoint {
        Endpoint(
            method: method, path: path, summary: summary, group: "steering", permission: .tokenHolders,
            parameters: parameters, body: body, answer: answer, problems: problems, handle: handle)
    }
}

extension RouterGroup<ServiceContext> {
    /// Answers requests for these.
    func add(_ endpoints: [Endpoint], access: ServiceAccess) {
        for endpoint in endpoints {
            on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
                if endpoint.permission == .tokenHolders { try Bearer.check(request, access) }
                let call = try await Call(endpoint, request, context)
                let answer = try await endpoint.handle(call)
                if endpoint.permission == .tokenHolders {
                    // Not what stands in the path: it may be a person's name.
                    let site = context.parameters.get("site").map { " of \($0)" } ?? ""
                    context.logger.info("by token: \(endpoint.method) \(endpoint.path)\(site)")
                }
                return answer.response(to: request)
            }
        }
    }
}

extension Call {
    /// Reads a request by its declaration.
    init(_ endpoint: Endpoint, _ request: Request, _ context: ServiceContext) async throws {
        var path: [String: String] = [:]
        for parameter in endpoint.parameters where parameter.place == .path {
            let value = context.parameters.get(parameter.name) ?? ""
            guard let text = value.removingPercentEncoding else {
                throw Problem(.badRequest, "\(parameter.name): expected text in UTF-8, percent-encoded")
            }
            path[parameter.name] = text
        }
        // As forms and most clients write it: a plus is a space.
        let query = try FormFields.decode(request.uri.query ?? "")
        var body: JSONValue?
        if endpoint.method != .get {
            let bytes = try await request.body.collect(upTo: context.maxUploadSize)
            if bytes.readableBytes > 0 {
                guard endpoint.body != nil else {
                    throw Problem(.badRequest, "there is a body; expected none: parameters stand in the query")
                }
                guard let value = try? JSONValue(parsing: Array(bytes.readableBytesView)) else {
                    throw Problem(.badRequest, "the body: expected JSON")
                }
                body = value
            }
        }
        try self.init(
            endpoint.parameters, path: path, query: query, body: body, writtenQuery: request.uri.query ?? "")
    }
}

/// Tokens in the field `Authorization` (RFC 6750).
enum Bearer {
    static func check(_ request: Request, _ access: ServiceAccess) throws(Problem) {
        guard access.hasTokens else {
            throw Problem(
                .forbidden,
                "nobody can steer here: the configuration has no service: tokens; see `animematcher serve --new-token`"
            )
        }
        let words = (request.headers[.authorization] ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer", access.accepts(token: String(words[1])) else {
            var problem = Problem(.unauthorized, "expected a token: Authorization: Bearer am_…")
            problem.challenge = "Bearer realm=\"animematcher\""
            throw problem
        }
    }
}
