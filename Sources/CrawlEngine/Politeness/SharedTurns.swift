import CrawlDomain
import Fetching
import Foundation
import WebStandards

/// The turns that requests to one host take besides the host's own: the site's, and that of the address it is at.
///
/// Nothing is asked of the database where no gap was promised, as on this machine.
struct SharedTurns {
    /// What became of a wish to ask.
    enum Grant {
        case taken(Held)
        /// Somebody's gap is longer than a worker waits.
        case wait(Duration)
        /// The site has blocked us at this host's address, whichever of its hosts it was.
        case blocked(Duration, address: String)
    }

    /// Turns that are ours until they are ended.
    struct Held {
        let turns: [Turn]
        fileprivate let holder: String
        fileprivate var askedAt = ContinuousClock.now

        /// Time from asking for the turns until the request goes out, at most.
        fileprivate static let margin: Duration = .seconds(30)

        /// Whether a request that goes out now is over before the turns are somebody else's.
        var isOurs: Bool { askedAt.duration(to: .now) < Self.margin }
    }

    private let keeper: any TurnKeeper
    private let site: Turn?
    private let addressGap: Duration
    private let siteName: String
    private let lookup: @Sendable (String) async -> IPAddress?
    /// Where the host was when it answered last; before that, where its name leads.
    private var address: String?

    init(
        keeper: any TurnKeeper, site: String, siteGap: Duration, addressGap: Duration,
        lookup: @escaping @Sendable (String) async -> IPAddress? = AddressLookup.first
    ) {
        self.keeper = keeper
        self.lookup = lookup
        self.addressGap = addressGap
        siteName = site
        self.site = siteGap > .zero ? Turn(.site, name: site, site: site, gap: siteGap) : nil
    }

    /// Takes all turns for a request, or none.
    ///
    /// - Parameters:
    ///   - longestWait: A wait longer than this is not waited here.
    ///   - isOver: Whether nobody wants to ask any more.
    mutating func take(
        for request: FetchRequest, longestWait: Duration, isOver: () -> Bool
    ) async throws -> Grant? {
        let turns = await turns(for: request)
        var held = Held(turns: turns, holder: UUID().uuidString)
        // A request is over when its limit is, and the database has been told so.
        let hold = request.limits.connectTimeout + request.limits.totalTimeout + Held.margin + .seconds(30)
        while !isOver(), !Task.isCancelled {
            held.askedAt = .now
            guard let (refused, answer) = try await firstRefusal(held, hold: hold) else { return .taken(held) }
            switch answer {
            case .taken: break
            case .busy: try await Task.sleep(for: min(max(refused.gap / 10, .milliseconds(10)), .milliseconds(500)))
            case .wait(let left) where left > longestWait: return .wait(left)
            // In steps, so that a stop and a pause are heard.
            case .wait(let left): try await Task.sleep(for: min(left, .seconds(1)))
            case .blocked(let left): return .blocked(left, address: refused.name)
            }
        }
        return nil
    }

    /// Ends the turns of an answer; it counts where it came from.
    mutating func end(_ held: Held, response: FetchResponse?) async throws {
        var turns = held.turns
        if addressGap > .zero, let response, let connected = IPAddress(response.connectedAddress)?.description {
            address = connected
            let turn = addressTurn(connected)
            if !turns.contains(turn) { turns.append(turn) }
        }
        for turn in turns { try await keeper.end(turn, holder: held.holder) }
    }

    /// Gives turns back without having asked. Not cancelled with the run: others wait for them.
    func giveBack(_ held: Held) async throws {
        let keeper = keeper
        try await Task { for turn in held.turns { try await keeper.giveBack(turn, holder: held.holder) } }.value
    }

    /// Keeps the whole site away from the host's address: what blocks us there is most likely one machine before all of them.
    func block(for pause: Duration) async throws {
        guard let address, addressGap > .zero else { return }
        let (keeper, turn) = (keeper, addressTurn(address))
        try await Task { try await keeper.block(turn, for: pause) }.value
    }

    private mutating func turns(for request: FetchRequest) async -> [Turn] {
        // Where a proxy connects to is its business.
        if addressGap > .zero, address == nil, request.proxy == nil,
            let host = request.connectTo?.host ?? request.url.host
        {
            address = await lookup(host)?.description
        }
        return [site, addressGap > .zero ? address.map(addressTurn) : nil].compactMap(\.self)
    }

    private func addressTurn(_ address: String) -> Turn {
        Turn(.address, name: address, site: siteName, gap: addressGap)
    }

    /// Takes the turns in their order; the first that is not free, when the others have been given back.
    private func firstRefusal(_ held: Held, hold: Duration) async throws -> (Turn, TurnAnswer)? {
        for (index, turn) in held.turns.enumerated() {
            let answer: TurnAnswer
            do {
                answer = try await keeper.take(turn, holder: held.holder, hold: hold)
            } catch {
                // It may have been taken, only nobody said so. What went wrong first counts; a turn ends by itself, later.
                try? await giveBack(held)
                throw error
            }
            guard answer != .taken else { continue }
            try await giveBack(Held(turns: Array(held.turns[..<index]), holder: held.holder))
            return (turn, answer)
        }
        return nil
    }
}
