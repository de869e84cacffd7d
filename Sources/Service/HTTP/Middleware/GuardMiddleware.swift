import HTTPTypes
import Hummingbird
import Reports

/// Turns away what is not for us, what comes from another site's page, and who asks too much; before anything is looked up.
struct GuardMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    /// Ways that change nothing.
    private static let readingMethods: Set<HTTPRequest.Method> = [.get, .head, .options]

    /// Which browsers send.
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")

    /// Of which the first stands in the request's head as its authority.
    private static let host = HTTPField.Name("Host")

    let access: ServiceAccess

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let authority = request.head.authority ?? ""
        let rule = access.rule
        // RFC 9112, section 3.2.
        guard Self.host.map({ request.headers[values: $0].isEmpty }) ?? true else {
            throw Problem(.badRequest, "Host: expected once")
        }
        guard rule.allows(authority: authority) else {
            throw Problem(.misdirectedRequest, "this is not the host that was asked; add its name to service: hosts")
        }
        if !Self.readingMethods.contains(request.method) {
            let fields = request.headers
            let isOwn = rule.allowsChange(
                origin: fields[.origin], site: Self.fetchSite.flatMap { fields[$0] }, authority: authority)
            guard isOwn else { throw Problem(.forbidden, "a page of another site may not ask for this") }
        }
        if let wait = access.wait(of: context.peer) {
            var problem = Problem(.tooManyRequests, "too many requests from this address")
            problem.retryAfter = max(1, Int(wait.inSeconds.rounded(.up)))
            throw problem
        }
        return try await next(request, context)
    }
}
