import Fetching
import Testing
import WebStandards

extension Fetcher {
    /// A fetcher that ends with the test.
    static func lent<Result: Sendable>(
        maximumTransfers: Int = 8, unverifiedTLSHosts: Set<String> = [], certificateAuthorities: String? = nil,
        _ body: @Sendable (Fetcher) async throws -> Result
    ) async throws -> Result {
        var configuration = FetcherConfiguration(userAgent: "AnimeMatcherTests/1 (+https://example.org/)")
        configuration.maximumTransfers = maximumTransfers
        configuration.unverifiedTLSHosts = unverifiedTLSHosts
        configuration.certificateAuthorities = certificateAuthorities
        let fetcher = try Fetcher(configuration: configuration)
        do {
            let result = try await body(fetcher)
            await fetcher.shutdown()
            return result
        } catch {
            await fetcher.shutdown()
            throw error
        }
    }

    /// The code of the error that the request must end in.
    func failure(
        _ request: FetchRequest, sourceLocation: SourceLocation = #_sourceLocation
    ) async -> FetchError.Code? {
        do {
            let response = try await fetch(request)
            Issue.record(
                "answered with \(response.status), \(response.body.count) bytes", sourceLocation: sourceLocation)
            return nil
        } catch {
            return error.code
        }
    }
}

extension LoopbackServer {
    func request(
        _ target: String, method: FetchRequest.Method = .get, headers: HeaderFields = [:], body: [UInt8]? = nil,
        limits: FetchLimits = .init()
    ) throws -> FetchRequest {
        FetchRequest(
            url: try url(target), method: method, headers: headers, body: body, limits: limits,
            allowedAddresses: .loopback)
    }

    func url(_ target: String) throws -> WebURL {
        try #require(WebURL("http://127.0.0.1:\(port)\(target)"))
    }
}

extension FetchLimits {
    init(body: Int, overflow: Overflow = .fail) {
        self.init()
        maximumBodyBytes = body
        self.overflow = overflow
    }

    init(total: Duration) {
        self.init()
        totalTimeout = total
    }
}
