import CrawlDomain
import Dispatch
public import Fetching
public import Foundation
import WebStandards

/// Images of other sites, asked for once and kept: by our own fetcher with its guard over addresses, one request at a time to a host.
public actor ImageCache {
    /// Why there is no image.
    enum Failure: Error, Equatable {
        /// The site has none, or what it has is no image.
        case missing
        /// It may be there later.
        case later
        /// So many wait for its host already that it was not asked.
        case busy
    }

    struct Image: Sendable {
        let kind: ImageKind
        let bytes: [UInt8]
        /// Of the bytes.
        let hash: String

        init?(_ bytes: [UInt8]) {
            guard let kind = ImageKind(bytes) else { return nil }
            (self.kind, self.bytes) = (kind, bytes)
            hash = ContentHash(ofBytes: bytes).hex
        }
    }

    private static let mostImageBytes = 4 << 20
    /// What is not there is not asked for again so soon; what failed is sooner.
    private static let (missingFor, failedFor): (Duration, Duration) = (.seconds(3_600), .seconds(60))
    private static let mostFailures = 10_000
    /// A browser that has waited so long shows nothing, and asks again the next time.
    private static let patience: Duration = .seconds(20)

    private let fetcher: Fetcher
    private let allowedAddresses: AddressRules
    private let files = DispatchQueue(label: "images")
    private let shelf: Shelf
    private let timeLimit: Duration
    private var turns: ImageTurns
    private var underWay: [String: Task<Image, any Error>] = [:]
    private var failures: [String: (failure: Failure, until: ContinuousClock.Instant)] = [:]

    /// - Parameters:
    ///   - folder: Where images are kept; made when it is missing.
    ///   - mostBytes: How much they may take.
    ///   - pause: Between an answer of a host and the next request to it.
    ///   - timeLimit: For one image; a third of it to connect.
    public init(
        folder: URL, mostBytes: Int, fetcher: Fetcher, allowedAddresses: AddressRules, pause: Duration = .seconds(1),
        timeLimit: Duration = .seconds(15)
    ) throws {
        self.fetcher = fetcher
        self.allowedAddresses = allowedAddresses
        self.timeLimit = timeLimit
        shelf = Shelf(try ImageShelf(folder: folder, mostBytes: mostBytes))
        turns = ImageTurns(pause: pause)
    }

    /// The shelf, touched on the queue `files` alone.
    private final class Shelf: @unchecked Sendable {
        var value: ImageShelf
        init(_ value: ImageShelf) { self.value = value }
    }

    /// An image: from the disk, or from its site; who asks for the same one meanwhile gets the same answer.
    func image(_ name: String, at url: WebURL) async throws -> Image {
        if let failed = failures[name] {
            if ContinuousClock.now < failed.until { throw failed.failure }
            failures[name] = nil
        }
        if let task = underWay[name] { return try await task.value }
        let task = Task { try await self.find(name, at: url) }
        underWay[name] = task
        defer { underWay[name] = nil }
        do { return try await task.value } catch let failure as Failure {
            // Ours, and not the site's.
            guard failure != .busy else { throw failure }
            if failures.count >= Self.mostFailures { failures.removeAll() }
            failures[name] = (failure, .now + (failure == .missing ? Self.missingFor : Self.failedFor))
            throw failure
        }
    }

    private func find(_ name: String, at url: WebURL) async throws -> Image {
        if let bytes = await onDisk({ $0.read(name) }), let image = Image(bytes) { return image }
        let bytes = try await fetch(url)
        guard let image = Image(bytes) else { throw Failure.missing }
        await onDisk { $0.write(bytes, as: name) }
        return image
    }

    private func onDisk<Value: Sendable>(_ body: @escaping @Sendable (inout ImageShelf) -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            files.async { [shelf] in continuation.resume(returning: body(&shelf.value)) }
        }
    }

    private func fetch(_ url: WebURL) async throws -> [UInt8] {
        let host = url.host ?? ""
        guard turns.enter(host, now: .now) else { throw turns.isClosed(host, now: .now) ? Failure.later : .busy }
        defer { turns.leave(host) }
        let start = ContinuousClock.now
        waiting: while true {
            switch turns.decide(host, now: .now) {
            case .ask: break waiting
            case .refuse: throw Failure.later
            case .wait(let time):
                guard start.duration(to: .now) < Self.patience else { throw Failure.busy }
                try await Task.sleep(for: time)
            }
        }
        var request = FetchRequest(
            url: url, headers: ["Accept": "image/avif,image/webp,image/*"], allowedAddresses: allowedAddresses)
        request.limits.maximumBodyBytes = Self.mostImageBytes
        request.limits.totalTimeout = timeLimit
        request.limits.connectTimeout = timeLimit / 3
        let answer: FetchResponse
        do throws(FetchError) { answer = try await fetcher.fetch(request) } catch {
            turns.answered(host, closedFor: nil, now: .now)
            throw error.code == .bodyTooLarge ? Failure.missing : Failure.later
        }
        let isClosed = answer.status == 429 || answer.status >= 500
        turns.answered(host, closedFor: isClosed ? Self.pause(answer) : nil, now: .now)
        switch answer.status {
        case 200: return answer.body
        // Redirects are not followed: they may lead anywhere.
        case 300..<500 where answer.status != 429 && answer.status != 408: throw Failure.missing
        default: throw Failure.later
        }
    }

    /// How long a host that refuses is left alone.
    private static func pause(_ answer: FetchResponse) -> Duration {
        let now = Int64(Date().timeIntervalSince1970)
        return RetryAfter.seconds(answer.headers.all("retry-after"), now: now).map { .seconds($0) } ?? .seconds(60)
    }
}
