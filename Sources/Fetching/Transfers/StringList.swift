import CCurl

/// A list of strings that libcurl reads during a transfer.
struct StringList: ~Copyable {
    let pointer: UnsafeMutablePointer<curl_slist>?

    /// Nil when there is no memory.
    init?(_ strings: [String]) {
        var head: UnsafeMutablePointer<curl_slist>?
        for string in strings {
            guard let next = curl_slist_append(head, string) else {
                curl_slist_free_all(head)
                return nil
            }
            head = next
        }
        pointer = head
    }

    deinit { curl_slist_free_all(pointer) }
}
