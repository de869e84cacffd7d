import CCurl
import WebStandards

extension Transfer {
    /// What became of the transfer, once libcurl says it has ended.
    func outcome(_ result: CURLcode) -> FetchJob.Outcome {
        if result == CURLE_OK || (isTruncated && stop == nil) {
            let response = response
            // libcurl returns a 101 that nobody asked for as if it were final.
            guard response.status >= 200 else { return .failure(error(.protocolError, "an interim answer only")) }
            return .success(response)
        }
        if let stop { return .failure(error(stop.code, stop.cause)) }
        let text = String(cString: errorText)
        let answerBegan = header.bytes > 0 || easy.offset(CURLINFO_STARTTRANSFER_TIME_T) > 0
        let code = FetchError.Code(result, text: text, answerBegan: answerBegan)
        let failure = CurlFailure(code: result).text
        return .failure(error(code, text.isEmpty ? failure : "\(failure) (\(text))"))
    }

    private func error(_ code: FetchError.Code, _ cause: String) -> FetchError {
        FetchError(code, url: job.plan.request.url, cause: cause)
    }

    private var response: FetchResponse {
        FetchResponse(
            url: job.plan.request.url, status: easy.integer(CURLINFO_RESPONSE_CODE), headers: header.headers,
            body: body,
            isTruncated: isTruncated, connectedAddress: easy.string(CURLINFO_PRIMARY_IP), protocolVersion: version,
            tlsVerified: job.plan.isTLS && job.plan.verifiesTLS, newConnections: easy.integer(CURLINFO_NUM_CONNECTS),
            wireBytes: easy.offset(CURLINFO_SIZE_DOWNLOAD_T), timing: timing)
    }

    /// Adds the transfer to what is told of all of them. A failed one that never had a connection counts as none.
    func count(in statistics: inout FetchStatistics) {
        let opened = easy.integer(CURLINFO_NUM_CONNECTS)
        guard opened > 0 || header.bytes > 0 else {
            statistics.transfers += 1
            return
        }
        statistics.add(
            host: job.plan.host, opened: opened, wireBytes: easy.offset(CURLINFO_SIZE_DOWNLOAD_T), timing: timing)
    }

    private var version: HTTPVersion {
        switch easy.integer(CURLINFO_HTTP_VERSION) {
        case CURL_HTTP_VERSION_1_0: .http10
        case CURL_HTTP_VERSION_2_0: .http2
        case CURL_HTTP_VERSION_3: .http3
        default: .http11
        }
    }

    /// libcurl counts each mark from the start; 0 where it was not passed.
    private var timing: FetchTiming {
        func mark(_ info: CURLINFO) -> Duration { .microseconds(easy.offset(info)) }
        func between(_ first: Duration, _ second: Duration) -> Duration { max(.zero, second - first) }
        let (lookup, connected, secured) = (
            mark(CURLINFO_NAMELOOKUP_TIME_T), mark(CURLINFO_CONNECT_TIME_T), mark(CURLINFO_APPCONNECT_TIME_T)
        )
        var timing = FetchTiming()
        timing.queued = job.submitted.duration(to: started)
        timing.nameLookup = lookup
        timing.connect = between(lookup, connected)
        timing.tls = between(connected, secured)
        timing.firstByte = between(mark(CURLINFO_PRETRANSFER_TIME_T), mark(CURLINFO_STARTTRANSFER_TIME_T))
        timing.total = mark(CURLINFO_TOTAL_TIME_T)
        return timing
    }
}
