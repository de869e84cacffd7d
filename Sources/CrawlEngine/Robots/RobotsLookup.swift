import CrawlDomain
import Fetching
import Foundation
import WebStandards

/// One look at a host's robots.txt: what is remembered while that holds, else what is to be asked until there is an answer.
///
/// Decides only; whoever asks waits for the host's turn, as for any other request.
struct RobotsLookup {
    /// What to ask next.
    struct Question {
        let url: WebURL
        /// Fields that make the request a conditional one.
        let condition: HeaderFields
    }

    /// Redirects followed on the same host (RFC 9309, section 2.3.1.2: at least five); one to another host counts as unreachable, so
    /// that nothing is asked until the host has rules of its own.
    static let maximumRedirects = 5
    /// Bytes read (RFC 9309, section 2.5: at least 500 KiB); the rest is ignored.
    static let maximumBytes = 500 << 10

    /// What to ask next; nil once there is an answer.
    private(set) var question: Question?
    /// What holds; nil while there is something to ask.
    private(set) var answer: HostMemory.Robots?
    private let start: WebURL
    private let remembered: HostMemory.Robots?
    private let mayAsk: (WebURL) -> Bool
    private var requestsLeft = RobotsLookup.maximumRedirects + 1

    /// Looks at what is remembered.
    ///
    /// - Parameter mayAsk: Whether a redirect may be followed to a URL of the same host.
    init(at url: WebURL, remembered: HostMemory.Robots?, now: Date, mayAsk: @escaping (WebURL) -> Bool) {
        start = url
        self.remembered = remembered
        self.mayAsk = mayAsk
        switch remembered?.decision(for: RequestHead(url: url), now: now.seconds) ?? .fetch {
        case .reuse: answer = remembered
        case .revalidate(let condition): question = Question(url: url, condition: condition)
        case .fetch: question = Question(url: url, condition: [:])
        }
    }

    /// Takes what the host answered to the question.
    mutating func take(_ exchange: Exchange) {
        guard let asked = question else { return }
        requestsLeft -= 1
        if exchange.response.status == 304 {
            // A 304 about other rules than ours, or one that nobody asked for, is as if nothing were known.
            if let confirmed = asked.condition.isEmpty ? nil : remembered?.confirmed(by: exchange) {
                return finish(confirmed)
            }
            return asked.condition.isEmpty ? takeFailure(at: exchange.receivedAt) : ask(asked.url, exchange)
        }
        guard let next = Redirect(of: exchange.request, by: exchange.response.head)?.request.url else {
            let isDirect = asked.url == start
            return finish(.init(exchange, maximumBytes: Self.maximumBytes, isDirect: isDirect))
        }
        // A redirect is no way into hosts that may not be asked, nor round the owner of another host.
        guard mayAsk(next), next.politenessHost == start.politenessHost else {
            return takeFailure(at: exchange.receivedAt)
        }
        ask(next, exchange)
    }

    /// Takes note that the host did not answer.
    mutating func takeFailure(at time: Date) { finish(.init(status: nil, body: [], fetchedAt: time)) }

    /// Asks until there is an answer.
    ///
    /// - Parameter ask: Waits for the host's turn, sends one request, and tells the host's schedule how it went. What it throws ends the
    ///   lookup, but for a `FetchError`, which says that the host cannot be reached.
    mutating func run(_ ask: (Question) async throws -> Exchange) async throws -> HostMemory.Robots {
        while let question {
            do {
                take(try await ask(question))
            } catch let error as FetchError where error.code != .cancelled {
                takeFailure(at: Date())
            }
        }
        return answer ?? .init(status: nil, body: [], fetchedAt: Date())
    }

    private mutating func ask(_ url: WebURL, _ exchange: Exchange) {
        guard requestsLeft > 0 else { return takeFailure(at: exchange.receivedAt) }
        question = Question(url: url, condition: [:])
    }

    private mutating func finish(_ robots: HostMemory.Robots) {
        (question, answer) = (nil, robots)
    }
}
