import CCurl

/// The process-wide part of libcurl, initialised once and never torn down.
enum CurlGlobal {
    static let result: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}
