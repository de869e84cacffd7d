import HTTPTypes
import Hummingbird

/// Answers other methods than an address knows with those it knows (RFC 9110, section 15.5.6), where a router says that there is no such
/// address.
struct MethodMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    /// Parts of an address, nil for one that may be anything; and the methods it knows.
    private let addresses: [(parts: [String?], methods: Set<HTTPRequest.Method>)]

    /// - Parameter root: What stands before the endpoints' paths.
    init(_ endpoints: [Endpoint], root: String) {
        addresses = Dictionary(grouping: endpoints, by: \.path).map { path, own in
            let parts = (root + path).split(separator: "/").map { $0.hasPrefix("{") ? nil : String($0) }
            let methods = Set(own.map(\.method))
            return (parts, methods.contains(.get) ? methods.union([.head]) : methods)
        }
    }

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            // Looked at only where the router has found nothing.
            if let problem = refusal(of: request) { throw problem }
            throw error
        }
    }

    private func refusal(of request: Request) -> Problem? {
        let parts = request.uri.path.split(separator: "/")
        let known = addresses.first { address in
            address.parts.count == parts.count
                && zip(address.parts, parts).allSatisfy { $0 == nil || $0.map { Substring($0) } == $1 }
        }
        guard let known, !known.methods.contains(request.method) else { return nil }
        let names = known.methods.map(\.rawValue).sorted()
        var problem = Problem(.methodNotAllowed, "expected \(names.joined(separator: " or "))")
        problem.allowed = names
        return problem
    }
}
