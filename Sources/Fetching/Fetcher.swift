import CCurl
import Glibc
import Synchronization
import WebStandards

/// Fetches over HTTP with libcurl, on one thread of its own.
///
/// Trusts nobody: TLS is verified, addresses are guarded, sizes and times are limited, redirects are left to the caller.
/// At most `FetcherConfiguration.maximumTransfers` requests run at once; further ones wait in order of arrival.
public final class Fetcher: Sendable {
    private let configuration: FetcherConfiguration
    private let inbox: Inbox
    private let counts = TransferCounts()
    private let watching: Task<Void, Never>
    private let nextID = Atomic<UInt64>(0)

    /// Starts the thread.
    ///
    /// - Throws: `.invalidConfiguration` for a User-Agent that is empty or holds control characters, or a certificate file that cannot be
    ///   read; `.resources`.
    public init(configuration: FetcherConfiguration) throws(FetchError) {
        guard !configuration.userAgent.isEmpty,
            HeaderField(name: "User-Agent", value: configuration.userAgent).hasValidValue
        else {
            throw FetchError(
                .invalidConfiguration, url: nil, cause: "the User-Agent is empty or holds control characters")
        }
        if let file = configuration.certificateAuthorities, access(file, R_OK) != 0 {
            throw FetchError(
                .invalidConfiguration, url: nil, cause: "the certificates in \(file) cannot be read")
        }
        guard CurlGlobal.result == CURLE_OK,
            let multi = MultiHandle(idleConnections: configuration.maximumIdleConnections)
        else { throw FetchError(.resources, url: nil, cause: "libcurl does not start") }
        self.configuration = configuration
        inbox = Inbox(waking: multi)
        let watch = StallWatch(sockets: multi.sockets)
        watching = Task.detached { await watch.run() }
        let loop = TransferLoop(
            multi: multi, inbox: inbox, counts: counts, watch: watch, maximumTransfers: configuration.maximumTransfers)
        guard TransferThread.start(loop, inbox: inbox) else {
            watching.cancel()
            throw FetchError(.resources, url: nil, cause: "no thread could be started")
        }
    }

    /// What has been done so far.
    public var statistics: FetchStatistics { counts.statistics }

    deinit {
        inbox.close()
        watching.cancel()
    }

    /// Sends one request and returns the complete answer, whatever its status.
    ///
    /// Cancelling the task ends the transfer, and so does `stop`.
    ///
    /// - Throws: `.invalidRequest` before anything is sent; see ``FetchError/Code`` for the rest.
    public func fetch(_ request: FetchRequest, until stop: FetchStop? = nil) async throws(FetchError) -> FetchResponse {
        let plan = try RequestPlan(request, configuration: configuration)
        let id = nextID.wrappingAdd(1, ordering: .relaxed).newValue
        stop?.whenStopped { [inbox] in _ = inbox.put(.cancel(id)) }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                submit(FetchJob(id: id, plan: plan, submitted: .now, continuation: continuation), stop)
            }
        } onCancel: {
            _ = inbox.put(.cancel(id))
        }
        let response = try outcome.get()
        request.cookies?.record(response.headers, from: request.url)
        do throws(FetchError) {
            let decoded = try response.decoded(limit: request.limits.maximumBodyBytes)
            counts.change { $0.decodedBytes += decoded.body.count }
            return decoded
        } catch {
            throw FetchError(error.code, url: request.url, cause: error.cause)
        }
    }

    private func submit(_ job: FetchJob, _ stop: FetchStop?) {
        func isEnded() -> Bool { Task.isCancelled || stop?.isStopped == true }
        guard !isEnded() else { return job.fail(.cancelled, "ended before it began") }
        guard inbox.put(.fetch(job)) else { return job.fail(.shutdown, "the fetcher was shut down") }
        // A cancellation that came before the job was in the inbox found nothing to cancel there.
        if isEnded() { _ = inbox.put(.cancel(job.id)) }
    }

    /// Ends every transfer with `.shutdown`, closes the connections and returns when the thread has ended.
    public func shutdown() async {
        inbox.close()
        await inbox.waitForEnd()
        watching.cancel()
    }
}
