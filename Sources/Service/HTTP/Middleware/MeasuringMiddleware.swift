import HTTPTypes
import Hummingbird
import Logging
import Reports

/// Measures answers, and says which took long.
struct MeasuringMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    /// What takes longer is logged.
    private static let slow: Duration = .seconds(1)

    let metrics: RequestMetrics
    let log: Logger

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let elapsed = start.duration(to: .now)
        metrics.record(
            route: context.endpointPath, method: request.method.rawValue, status: response.status.code,
            seconds: elapsed.inSeconds)
        if elapsed > Self.slow {
            log.warning(
                "a request took long",
                metadata: [
                    "route": .string(context.endpointPath ?? "none"), "seconds": "\(elapsed.inSeconds)",
                    "status": "\(response.status.code)",
                ])
        }
        return response
    }
}
