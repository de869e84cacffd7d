import Glibc
import Synchronization

/// The sockets of libcurl's connections, which libcurl itself does not tell us about before a request is sent.
///
/// Changed on the fetcher's thread; ``StallWatch`` cuts connections from outside of it, which is why closing is done here.
final class OpenSockets: Sendable {
    /// What is spoken on a connection.
    enum Version {
        case unknown
        case http1
        /// Frames may come at any time, each with the number of what it belongs to.
        case http2
    }

    fileprivate struct State {
        /// Nil until the connection has been asked for.
        var ends: [Int32: ConnectionEnds?] = [:]
        var sockets: [ConnectionEnds: Int32] = [:]
        var versions: [Int32: Version] = [:]
        /// Those that a request was sent on and no answer is complete of.
        var busy: Set<Int32> = []
    }

    private let state = Mutex(State())

    func opened(_ socket: Int32) {
        state.withLock { $0.ends[socket] = .some(nil) }
    }

    func close(_ socket: Int32) -> Int32 {
        // Within the lock, as the number may be given to another socket at once.
        state.withLock { state in
            if let known = state.ends.removeValue(forKey: socket), let known, state.sockets[known] == socket {
                state.sockets[known] = nil
            }
            state.versions[socket] = nil
            state.busy.remove(socket)
            return Glibc.close(socket)
        }
    }

    /// Remembers what is spoken on a connection.
    func mark(_ connection: ConnectionEnds, _ version: Version) {
        state.withLock { state in
            if let socket = state.sockets[connection] { state.versions[socket] = version }
        }
    }

    /// A request is about to be sent; false for a kept connection that is out of step: closed, or with something come on it
    /// since its last answer.
    ///
    /// - Parameter mayBeHTTP2: Whether TLS may have agreed on it; only the answer will tell.
    func begin(_ connection: ConnectionEnds, isNew: Bool, mayBeHTTP2: Bool) -> Bool {
        state.withLock { state in
            if isNew { state.identify(connection) }
            guard let socket = state.sockets[connection] else { return isNew }
            state.busy.insert(socket)
            if isNew { state.versions[socket] = mayBeHTTP2 ? .unknown : .http1 }
            if isNew || state.versions[socket] == .http2 { return true }
            var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            return poll(&waiting, 1, 0) == 0
        }
    }

    /// The answer is complete, or nobody waits for it any more.
    ///
    /// - Parameter isWhole: Else the connection is cut, so that libcurl finds it dead and does not use it again. On HTTP/1 it
    ///   closes such a connection itself; on HTTP/2 it gives up the stream alone, and a host that floods the connection
    ///   would starve the next request too.
    func end(_ connection: ConnectionEnds, isWhole: Bool) {
        state.withLock { state in
            guard let socket = state.sockets[connection] else { return }
            state.busy.remove(socket)
            if !isWhole { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// Cuts every connection with a request under way that is not known to speak HTTP/1.
    func cutMultiplexed() {
        state.withLock { state in
            for socket in state.busy where state.versions[socket] != .http1 { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }
}

extension OpenSockets.State {
    /// Finds the socket of a new connection among those just opened.
    fileprivate mutating func identify(_ connection: ConnectionEnds) {
        for (socket, known) in ends where known == nil {
            guard let found = ConnectionEnds(socket), found == connection else { continue }
            ends[socket] = .some(found)
            sockets[found] = socket
            return
        }
    }
}
