import Hummingbird
import Indexing
import Logging
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

    func response(from request: Request, context: some RequestContext) throws -> Response {
        let body = JSONValue.object([
            "type": "about:blank", "title": .string(status.reasonPhrase), "status": .int(Int64(status.code)),
            "detail": .string(detail),
        ])
        var headers: HTTPFields = [.contentType: "application/problem+json"]
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        if !allowed.isEmpty { headers[.allow] = allowed.joined(separator: ", ") }
        if let challenge { headers[.wwwAuthenticate] = challenge }
        return Response(
            status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: body.serialized())))
    }
}

/// Turns errors into problems; what is nobody's fault but ours says no more than that.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            return try problem.response(from: request, context: context)
        } catch let error as IndexError where error.code == .unknownTitle {
            return try Problem(.notFound, error.description).response(from: request, context: context)
        } catch let error as any HTTPResponseError {
            return try Problem(error.status, error.status.reasonPhrase).response(from: request, context: context)
        } catch {
            context.logger.error("request failed: \(error)")
            return try Problem(.internalServerError, "the request could not be answered").response(
                from: request, context: context)
        }
    }
}

extension JSONValue {
    /// An answer with this body.
    func response(status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: serialized())))
    }
}
