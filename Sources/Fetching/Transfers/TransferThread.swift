import Glibc

/// A thread of its own for libcurl, whose calls may block (a TLS handshake, a name cache) and must not do so on Swift's pool.
enum TransferThread {
    private final class Work {
        let inbox: Inbox
        var loop: TransferLoop?

        init(inbox: Inbox, loop: TransferLoop) {
            self.inbox = inbox
            self.loop = loop
        }
    }

    /// Whether the thread could be started.
    static func start(_ loop: TransferLoop, inbox: Inbox) -> Bool {
        let work = Unmanaged.passRetained(Work(inbox: inbox, loop: loop))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                let work = Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue()
                work.loop?.run()
                // The last references to the multi handle but the inbox's, which `end` drops.
                work.loop = nil
                work.inbox.end()
                return nil
            }, work.toOpaque())
        guard result == 0 else {
            work.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
