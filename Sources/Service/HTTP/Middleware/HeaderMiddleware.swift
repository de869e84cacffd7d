import HTTPTypes
import Hummingbird

/// Fields that every answer carries: what a browser may do with it.
struct HeaderMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    let access: ServiceAccess

    /// Nothing but our own files, and images from where the operator lets them come from.
    private static func policy(images: String) -> String {
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src \(images); connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    }

    /// What other sites made is no page of ours, whatever a browser takes it for.
    private static let foreignPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"

    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let images = ImagePolicy(settings: access.images)
        var response = try await ImagePolicy.$current.withValue(images) { try await next(request, context) }
        // Errors have bodies too; what follows a head would be taken for the next answer (RFC 9110, section 9.3.2).
        if request.method == .head { response = response.createHeadResponse() }
        let isForeign = request.uri.path.hasPrefix("/images/")
        response.headers[.contentSecurityPolicy] = isForeign ? Self.foreignPolicy : Self.policy(images: images.sources)
        response.headers[.xContentTypeOptions] = "nosniff"
        // Other sites are told nothing. Under "no-referrer" browsers would hide the origin of our own forms from ourselves.
        if let name = Self.referrerPolicy { response.headers[name] = "same-origin" }
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        // Said for each answer that may be kept; the others are nobody's to keep.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
