import CCurl

/// libcurl's multi handle, with its connection and name caches.
///
/// `@unchecked Sendable`: every call is made on the fetcher's thread but `wake`, which libcurl documents as safe from any
/// other thread. The last reference is dropped after that thread's loop has ended.
final class MultiHandle: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer
    /// Of every connection; released after the cleanup that closes the last one.
    let sockets = OpenSockets()

    init?(idleConnections: Int) {
        guard let pointer = curl_multi_init() else { return nil }
        self.pointer = pointer
        // One request at a time on a connection: what a host is asked at once is decided by politeness, not by HTTP/2.
        guard ccurl_multi_set_long(pointer, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING)) == CURLM_OK,
            ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, max(1, idleConnections)) == CURLM_OK,
            // Without its pipe, for which there may be no descriptors left, the thread could never be woken.
            curl_multi_wakeup(pointer) == CURLM_OK
        else { return nil }
    }

    deinit { curl_multi_cleanup(pointer) }

    /// Ends the current or next `wait` at once.
    func wake() {
        curl_multi_wakeup(pointer)
    }

    func add(_ easy: borrowing EasyHandle) -> CURLMcode {
        curl_multi_add_handle(pointer, easy.pointer)
    }

    func remove(_ easy: borrowing EasyHandle) {
        curl_multi_remove_handle(pointer, easy.pointer)
    }

    /// Moves every transfer on as far as it goes without waiting.
    func perform() -> CURLMcode {
        var running: Int32 = 0
        return curl_multi_perform(pointer, &running)
    }

    /// Sleeps until a socket is ready, one of libcurl's own time-outs ends, or `wake`.
    func wait() -> CURLMcode {
        curl_multi_poll(pointer, nil, 0, Self.longestWait, nil)
    }

    /// The next transfer that has ended.
    func nextFinished() -> (easy: UnsafeMutableRawPointer, result: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            return (easy, ccurl_message_result(message))
        }
        return nil
    }

    /// In milliseconds; only a bound, as every event ends the wait.
    private static let longestWait: Int32 = 60_000
}
