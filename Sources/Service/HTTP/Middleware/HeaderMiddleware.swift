import HTTPTypes
import Hummingbird

/// Fields that every answer carries: what a browser may do with it.
struct HeaderMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    /// Nothing but our own files; images from anywhere, since covers stay where their site has them.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: http: data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        if let name = Self.referrerPolicy { response.headers[name] = "no-referrer" }
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        // Said for each answer that may be kept; the others are nobody's to keep.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
