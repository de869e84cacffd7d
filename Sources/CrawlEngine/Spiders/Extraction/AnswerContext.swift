public import Foundation
public import WebStandards

/// What is known of an answer beside its body.
public struct AnswerContext: Sendable {
    /// The values of its `X-Robots-Tag` headers.
    public var robotsTags: [String]
    /// The page kind under which the URL was queued; only a sitemap is known by it, for others the URL tells.
    public var page: String?
    /// The page the URL was found on; for a sitemap, the robots.txt or index that named it.
    public var via: WebURL?
    /// When the answer came.
    public var time: Date

    /// Nothing known beside the time.
    public init(robotsTags: [String] = [], page: String? = nil, via: WebURL? = nil, time: Date = Date()) {
        self.robotsTags = robotsTags
        self.page = page
        self.via = via
        self.time = time
    }
}
