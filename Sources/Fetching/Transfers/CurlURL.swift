import CCurl

/// A URL in libcurl's parsed form, put together from our parser's parts so that no second parser decides.
///
/// Holds scheme, host and port only; the bytes of path and query go out as `CURLOPT_REQUEST_TARGET`, because libcurl
/// would change the case of percent-escapes and drop an empty query.
struct CurlURL: ~Copyable {
    let pointer: OpaquePointer

    init?(scheme: String, host: String, port: UInt16?) {
        guard let pointer = curl_url() else { return nil }
        let parts: [(CURLUPart, String?)] = [
            (CURLUPART_SCHEME, scheme), (CURLUPART_HOST, host), (CURLUPART_PORT, port.map(String.init)),
            (CURLUPART_PATH, "/"),
        ]
        for case (let part, let value?) in parts where curl_url_set(pointer, part, value, 0) != CURLUE_OK {
            curl_url_cleanup(pointer)
            return nil
        }
        self.pointer = pointer
    }

    deinit { curl_url_cleanup(pointer) }
}
