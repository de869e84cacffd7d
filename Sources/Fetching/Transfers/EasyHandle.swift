import CCurl

/// One libcurl transfer with its options. A new one is made for each request, so that no credentials, headers or
/// TLS state of one request can reach another.
struct EasyHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer

    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit { curl_easy_cleanup(pointer) }

    func set(_ option: CURLoption, _ value: Int) throws(CurlFailure) {
        try CurlFailure.check(ccurl_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: Bool) throws(CurlFailure) {
        try set(option, value ? 1 : 0)
    }

    func set(large option: CURLoption, _ value: Int) throws(CurlFailure) {
        try CurlFailure.check(ccurl_set_offset(pointer, option, value))
    }

    /// libcurl copies the string.
    func set(_ option: CURLoption, _ value: String) throws(CurlFailure) {
        try CurlFailure.check(ccurl_set_string(pointer, option, value))
    }

    /// The pointer must stay valid as long as the handle.
    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) throws(CurlFailure) {
        try CurlFailure.check(ccurl_set_pointer(pointer, option, value))
    }

    func integer(_ info: CURLINFO) -> Int {
        var value = 0
        return ccurl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    func offset(_ info: CURLINFO) -> Int {
        var value = 0
        return ccurl_get_offset(pointer, info, &value) == CURLE_OK ? value : 0
    }

    /// Whether the TLS library holds bytes of the connection in use that nobody has read, or cannot say.
    var mayHoldUnreadBytes: Bool {
        var session: UnsafeMutablePointer<curl_tlssessioninfo>?
        guard ccurl_get_tls_session(pointer, CURLINFO_TLS_SSL_PTR, &session) == CURLE_OK, let session,
            session.pointee.backend == CURLSSLBACKEND_OPENSSL, let tls = session.pointee.internals
        else { return true }
        return SSL_has_pending(OpaquePointer(tls)) != 0
    }

    func string(_ info: CURLINFO) -> String {
        var value: UnsafePointer<CChar>?
        guard ccurl_get_string(pointer, info, &value) == CURLE_OK, let value else { return "" }
        return String(cString: value)
    }
}
