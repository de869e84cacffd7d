import CCurl
import WebStandards

/// One request under way. Lives on the fetcher's thread; libcurl's callbacks find it by an unretained pointer, so whoever
/// adds it to the multi handle keeps it until it is removed.
final class Transfer {
    let job: FetchJob
    let easy: EasyHandle
    let url: CurlURL
    let headerList: StringList
    let connectList: StringList
    let resolveList: StringList
    let errorText: UnsafeMutablePointer<CChar>
    let started = ContinuousClock.now
    let addressGuard: AddressGuard
    let sockets: OpenSockets
    /// Whether no kept connection may be used.
    let needsNewConnection: Bool

    var header: HeaderBlock
    var body: [UInt8] = []
    var isTruncated = false
    var openedSocket = false
    /// Whether a kept connection was found out of step, so that the request must be sent on a new one.
    var isOutOfStep = false
    /// Whether the request went out. libcurl would send it again by itself where a kept connection breaks before an answer.
    var isSent = false
    /// The one the request was sent on.
    var connection: ConnectionEnds?
    /// Why a callback stopped the transfer; wins over libcurl's code.
    var stop: (code: FetchError.Code, cause: String)?

    init(_ job: FetchJob, sockets: OpenSockets, needsNewConnection: Bool = false) throws(FetchError) {
        self.sockets = sockets
        self.needsNewConnection = needsNewConnection
        let request = job.plan.request
        let connectTo = request.connectTo.map { ["::\($0.host.bracketed):\($0.port)"] } ?? []
        guard let easy = EasyHandle(), let headers = StringList(job.plan.headerLines),
            let connect = StringList(connectTo),
            let resolve = StringList(job.plan.resolveLines)
        else { throw FetchError(.resources, url: request.url, cause: "libcurl has no memory") }
        guard let url = CurlURL(scheme: job.plan.scheme, host: job.plan.host, port: job.plan.port) else {
            throw FetchError(.invalidRequest, url: request.url, cause: "libcurl refuses the host")
        }
        self.job = job
        self.easy = easy
        self.url = url
        headerList = headers
        connectList = connect
        resolveList = resolve
        header = HeaderBlock(limits: request.limits)
        addressGuard = AddressGuard(request.allowedAddresses)
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        do {
            try configure()
        } catch {
            throw FetchError(.invalidConfiguration, url: request.url, cause: error.text)
        }
    }

    deinit {
        // The handle outlives this body and must not write to freed memory when it is cleaned up.
        ccurl_set_pointer(easy.pointer, CURLOPT_ERRORBUFFER, nil)
        errorText.deallocate()
    }
}
