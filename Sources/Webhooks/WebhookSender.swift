public import CrawlEngine
public import Fetching
import Foundation
import WebStandards

/// Signs and posts messages of one webhook; follows no redirect, keeps next to nothing of an answer.
public struct WebhookSender: Sendable {
    /// How long an answer may take; less than a turn lasts, so that nobody else sends the same meanwhile.
    var timeLimit: Duration = .seconds(15)
    private static let largestAnswer = 64 << 10

    let webhook: Webhook
    private let secret: WebhookSecret
    private let fetcher: Fetcher
    private let addresses: AddressRules

    /// - Parameters:
    ///   - allowedAddresses: What may be connected to besides public addresses; this machine may where the URL names it.
    ///   - environment: Where the secret is.
    public init(
        _ webhook: Webhook, fetcher: Fetcher, allowedAddresses: [AddressBlock], environment: [String: String]
    ) throws(WebhookSecret.Unusable) {
        self.webhook = webhook
        self.fetcher = fetcher
        secret = try WebhookSecret(variable: webhook.secretVariable, environment: environment)
        let host = webhook.url.host ?? ""
        let isLocal = host == "localhost" || IPAddress(host).map { AddressClass(of: $0) == .loopback } == true
        addresses = AddressRules(allowing: allowedAddresses + (isLocal ? AddressRules.loopback.allowed : []))
    }

    /// Sends a message that says nothing.
    public func ping() async -> WebhookAnswer { await send(WebhookMessage(pinging: webhook.name, now: Date())) }

    func send(_ message: WebhookMessage) async -> WebhookAnswer {
        var request = FetchRequest(
            url: webhook.url, method: .post,
            headers: secret.fields(
                id: message.id, timestamp: Int64(Date().timeIntervalSince1970), body: message.body),
            body: message.body, allowedAddresses: addresses)
        request.headers.append("Content-Type", "application/json")
        request.limits.totalTimeout = timeLimit
        request.limits.connectTimeout = .seconds(5)
        request.limits.maximumBodyBytes = Self.largestAnswer
        request.limits.overflow = .truncate
        do throws(FetchError) {
            return WebhookAnswer(try await fetcher.fetch(request), now: Date())
        } catch {
            // Without the path and query, which may hold a token.
            return .failed(reason: "\(error.code.rawValue): \(error.cause)")
        }
    }
}
