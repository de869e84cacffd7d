public import CrawlDomain
public import struct Foundation.Date

/// An alarm and what became of it.
public struct StoredAlarm: Sendable, Hashable {
    /// How it stands.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is so.
        case open
        /// A repaired spider has read the pages, and all is as it was.
        case lifted
        /// The operator says that it is as it should be.
        case released
    }

    /// The spider's site.
    public let site: String
    /// What was noticed.
    public let alarm: DriftAlarm
    /// How it stands.
    public let state: State
    /// The run that saw it last.
    public let run: String
    /// The version of the spider that read the pages.
    public let spider: String
    /// The number of the newest change when it was raised first.
    public let change: Int
    /// When it was lifted or released.
    public let endedAt: Date?

    /// Whether the site's publication waits for it.
    public var isHolding: Bool { state == .open && alarm.holds }
}
