import CCurl

/// A result code of libcurl that is not success.
struct CurlFailure: Error {
    let code: CURLcode

    static func check(_ code: CURLcode) throws(CurlFailure) {
        guard code == CURLE_OK else { throw CurlFailure(code: code) }
    }

    var text: String { "libcurl \(code.rawValue): \(String(cString: curl_easy_strerror(code)))" }
}

extension FetchError.Code {
    /// What libcurl's code means here.
    ///
    /// - Parameters:
    ///   - text: libcurl's own words, which alone tell some cases apart.
    ///   - answerBegan: Whether any byte had arrived.
    init(_ code: CURLcode, text: String, answerBegan: Bool) {
        switch code {
        case _ where text.contains("CONNECT tunnel failed"): self = .proxy
        // How libcurl and nghttp2 say that HTTP/2 header frames exceed their own limits.
        case _ where text.contains("CONTINUATION frames") || text.contains("user callback function failed"):
            self = .headersTooLarge
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .resolve
        case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED: self = .connect
        case CURLE_PROXY: self = .proxy
        // A connection that broke during the handshake has no error of the TLS library to show.
        case CURLE_SSL_CONNECT_ERROR: self = text.contains("error:") || text.contains("alert") ? .tls : .connect
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_INVALIDCERTSTATUS:
            self = .tls
        case CURLE_OPERATION_TIMEDOUT: self = text.contains("too slow") ? .tooSlow : .timeout
        case CURLE_FILESIZE_EXCEEDED: self = .bodyTooLarge
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2_STREAM:
            self = .incomplete
        case CURLE_BAD_CONTENT_ENCODING: self = .badEncoding
        // libcurl's own limit on one header line reports the buffer that may not grow.
        case CURLE_OUT_OF_MEMORY: self = answerBegan ? .headersTooLarge : .resources
        default: self = .protocolError
        }
    }
}
