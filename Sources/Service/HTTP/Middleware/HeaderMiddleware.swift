import HTTPTypes
import Hummingbird

/// Fields that every answer carries: what a browser may do with it.
struct HeaderMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    /// Covers that stay where their site has them are images from anywhere.
    static let anyImages = "'self' https: http:"

    /// Nothing but our own files, and images from where `images` says.
    private let policy: String

    /// - Parameter images: Sources of images, as the directive `img-src` has them.
    init(images: String = Self.anyImages) {
        policy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src \(images); connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    }

    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] = policy
        response.headers[.xContentTypeOptions] = "nosniff"
        // Other sites are told nothing. Under "no-referrer" browsers would hide the origin of our own forms from ourselves.
        if let name = Self.referrerPolicy { response.headers[name] = "same-origin" }
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        // Said for each answer that may be kept; the others are nobody's to keep.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
