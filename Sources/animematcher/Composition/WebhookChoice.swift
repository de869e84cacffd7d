import ArgumentParser
import CrawlEngine
import Fetching
import Foundation
import Storage
import Terminal
import WebStandards
import Webhooks

/// Which of the configuration's webhooks.
struct WebhookChoice: ParsableArguments {
    @Argument(help: "The webhook's name in the configuration.") var name: String

    /// What the configuration says of it.
    func webhook(_ configuration: Configuration) throws -> Webhook {
        if let webhook = configuration.webhooks.first(where: { $0.name == name }) { return webhook }
        let known = configuration.webhooks.map(\.name).joined(separator: ", ")
        throw Failure(
            "the configuration has no webhook '\(Console.visible(name))'\(known.isEmpty ? "" : "; it has \(known)")")
    }

    /// The name of its position.
    func consumer(_ configuration: Configuration) throws -> String {
        Consumer.name(ofWebhook: try webhook(configuration).name)
    }

    /// Runs `body` with what sends to it.
    func withSender<Value>(
        _ configuration: Configuration, _ body: (WebhookSender) async throws -> Value
    ) async throws -> Value {
        let fetcher = try Fetcher(configuration: .webhooks(configuration, version: AnimeMatcher.version))
        let sender = try WebhookSender(
            try webhook(configuration), fetcher: fetcher, allowedAddresses: configuration.allowedAddresses,
            environment: ProcessInfo.processInfo.environment)
        let result: Result<Value, any Error>
        do { result = .success(try await body(sender)) } catch { result = .failure(error) }
        await fetcher.shutdown()
        return try result.get()
    }
}

extension Webhook {
    /// Without the query, which may hold a token.
    var shownURL: String { "\(url.origin)\(url.path)" }
}
