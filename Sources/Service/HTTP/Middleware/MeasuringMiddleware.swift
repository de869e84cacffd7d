import CrawlEngine
import HTTPTypes
import Hummingbird
import Logging
import Reports

/// Measures answers, says which took long, and gives each the id under which the log speaks of it (`X-Request-ID`).
struct MeasuringMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    private static let requestID = HTTPField.Name("X-Request-ID")

    let metrics: RequestMetrics
    let slow: SlowLog

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request, context)
        let elapsed = start.duration(to: .now)
        // Whoever asks does not choose it: it goes into the log.
        if let name = Self.requestID { response.headers[name] = context.id }
        metrics.record(
            route: context.endpointPath, method: request.method.rawValue, status: response.status.code,
            seconds: elapsed.inSeconds)
        let fields: () -> Logger.Metadata = {
            [
                "method": "\(request.method)", "route": .string(context.endpointPath ?? "none"),
                "status": .stringConvertible(response.status.code),
            ]
        }
        context.logger.debug("answered", metadata: fields().merging(["seconds": .seconds(elapsed)]) { $1 })
        slow.note("a request took long", elapsed, log: context.logger, metadata: fields)
        return response
    }
}
