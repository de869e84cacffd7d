public import struct Foundation.Date

/// Somebody who follows the change log.
public struct Consumer: Sendable, Hashable {
    /// What follows.
    public enum Kind: String, Sendable, Hashable {
        case catalogue, index, webhook
        /// A program that is none of ours.
        case outside

        init(name: String) {
            switch name {
            case "catalogue": self = .catalogue
            case _ where name.hasPrefix(Consumer.webhookPrefix): self = .webhook
            default: self = .outside
            }
        }
    }

    /// Its name, as positions are stored under it.
    public let name: String
    /// What it is.
    public let kind: Kind
    /// The last change it has taken in.
    public let change: Int
    /// When it last took some in, where it says so.
    public let seen: Date?
    /// The change after which it may still need some: before ``change`` where it has left out a held site's, or parked some.
    public let needed: Int
    /// How its deliveries go; for webhooks.
    public let delivery: DeliveryState?

    /// What the names of webhooks' positions begin with.
    static let webhookPrefix = "webhook:"

    /// The name that a webhook's position is stored under.
    public static func name(ofWebhook name: String) -> String { webhookPrefix + name }

    /// The webhook's own name, where it is one.
    public var webhook: String? { kind == .webhook ? String(name.dropFirst(Self.webhookPrefix.count)) : nil }
}
