import CrawlEngine
import Fetching
import Foundation
import Logging
import Service
import Storage
import Webhooks

/// Puts together what works on the change log: webhooks and compaction.
struct Delivering {
    let database: AnimeDatabase
    let log: Logger

    /// Delivers to the webhooks of a configuration; a secret that is missing is an error at the start.
    func webhooks(_ configuration: Configuration, version: String) throws -> WebhookService {
        var senders: [(name: String, sender: WebhookSender)] = []
        if !configuration.webhooks.isEmpty {
            let fetcher = try Fetcher(configuration: .webhooks(configuration, version: version))
            for webhook in configuration.webhooks {
                let sender = try WebhookSender(
                    webhook, fetcher: fetcher, allowedAddresses: configuration.allowedAddresses,
                    environment: ProcessInfo.processInfo.environment)
                senders.append((webhook.name, sender))
            }
        }
        return WebhookService(database: database, senders: senders, log: log)
    }
}
