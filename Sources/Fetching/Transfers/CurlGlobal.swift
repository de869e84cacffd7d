import CCurl
import Glibc

/// The process-wide part of libcurl, initialised once and never torn down.
enum CurlGlobal {
    static let result: CURLcode = {
        // libcurl looks for it here and nowhere else, and would write down the keys of every TLS connection. Unlike `setenv`, this frees
        // and moves nothing that another thread might be reading.
        unsetenv("SSLKEYLOGFILE")
        return curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    }()
}
