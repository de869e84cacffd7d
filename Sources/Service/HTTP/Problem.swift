import Hummingbird
import Indexing
import Logging
import Storage
import WebStandards

/// What is wrong with a request, as `application/problem+json` (RFC 9457).
struct Problem: Error, ResponseGenerator {
    let status: HTTPResponse.Status
    let detail: String
    /// Seconds after which it is worth asking again.
    var retryAfter: Int?
    /// How one may be let in, for 401.
    var challenge: String?
    /// The methods there are, for 405.
    var allowed: [String] = []

    init(_ status: HTTPResponse.Status, _ detail: String) {
        self.status = status
        self.detail = detail
    }

    /// What the fields of an answer say of it.
    var fields: HTTPFields {
        var fields: HTTPFields = [:]
        if let retryAfter { fields[.retryAfter] = "\(retryAfter)" }
        if !allowed.isEmpty { fields[.allow] = allowed.joined(separator: ", ") }
        if let challenge { fields[.wwwAuthenticate] = challenge }
        return fields
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        let body = JSONValue.object([
            "type": "about:blank", "title": .string(status.reasonPhrase), "status": .int(Int64(status.code)),
            "detail": .string(detail),
        ])
        var headers = fields
        headers[.contentType] = "application/problem+json"
        return Response(
            status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: body.serialized())))
    }
}

/// Turns errors into problems, and into pages where a browser asks for one; what is nobody's fault but ours says no more than that.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    let pages: Pages

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = problem(error, context)
            guard ProblemPage.isWanted(path: request.uri.path, accept: request.headers[.accept]) else {
                return try problem.response(from: request, context: context)
            }
            let page = ProblemPage(problem)
            var response = pages.answer("problem", page, PageHead(title: page.heading), status: problem.status)
                .response(to: request)
            response.headers.append(contentsOf: problem.fields)
            return response
        }
    }

    private func problem(_ error: any Error, _ context: ServiceContext) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as IndexError where error.code == .unknownTitle: return Problem(.notFound, error.description)
        case let error as any HTTPResponseError where error.status == .contentTooLarge:
            return Problem(
                .contentTooLarge, "the body is too long; expected 64 KiB at most, and 4 MiB of a list's export")
        case let error as any HTTPResponseError:
            return Problem(error.status, error.status.code == 404 ? "there is nothing here" : error.status.reasonPhrase)
        case let error where DatabaseUnreachable.isMeant(by: error):
            context.logger.error("request failed: \(error)")
            return Problem(.serviceUnavailable, "the database does not answer; ask again in a moment")
        default:
            context.logger.error("request failed: \(error)")
            return Problem(.internalServerError, "the request could not be answered")
        }
    }
}
