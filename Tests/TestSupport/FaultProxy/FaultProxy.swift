import DemoSite
import Foundation
import Synchronization

/// Stands between a program and mongod, and makes go wrong what a plan says.
///
/// It replaces failpoints in the program: whatever can go wrong between two writes shows on this connection, and the program under test
/// is the one that is shipped. Programs connect with `directConnection=true`, or the driver would go on to the address the replica set
/// knows its member by.
public final class FaultProxy: Sendable {
    /// Whether anything gets through.
    public enum Mode: Sendable, Hashable {
        case open
        /// Connections are cut and refused: the server's machine is there, the server is not.
        case refusing
        /// Connections stay and nothing comes through them: the network is gone.
        case silent
    }

    struct State {
        var plan = FaultPlan()
        var counts: [String: Int] = [:]
        var mode = Mode.open
        var killer: (@Sendable () -> Void)?
        var connections: [Int: ProxyConnection] = [:]
        var opened = 0
        var listener: ListeningSocket
    }

    /// The port it listens on, also after a time of refusing.
    public let port: UInt16
    private let upstream: UInt16
    private let state: Mutex<State>

    /// Starts one before the server on a port of 127.0.0.1.
    public init(upstream: UInt16) throws {
        let listener = try ListeningSocket(port: 0)
        self.upstream = upstream
        port = listener.port
        state = Mutex(State(listener: listener))
        listen(listener)
    }

    /// Starts one before the server a connection string names, which must be on 127.0.0.1.
    public convenience init(uri: String) throws {
        guard let match = uri.firstMatch(of: /127\.0\.0\.1:(\d+)/), let port = UInt16(match.1) else {
            throw CocoaError(.featureUnsupported)
        }
        try self.init(upstream: port)
    }

    /// What a program connects to.
    public var uri: String { "mongodb://127.0.0.1:\(port)/?directConnection=true" }

    /// How often each command came, by name.
    public var counts: [String: Int] { state.withLock { $0.counts } }

    /// How many writes came.
    public var writes: Int { counts.filter { FaultPlan.writes.contains($0.key) }.values.reduce(0, +) }

    /// Follows another plan from now on.
    ///
    /// - Parameter killer: What kills the program, if the plan wants that.
    public func set(_ plan: FaultPlan, killer: (@Sendable () -> Void)? = nil) {
        state.withLock {
            $0.plan = plan
            $0.killer = killer
            $0.counts = [:]
        }
    }

    /// Lets everything through, or nothing. What was open before ends when the mode changes.
    public func set(_ mode: Mode) throws {
        let previous = state.withLock { state in
            defer { state.mode = mode }
            return state.mode
        }
        guard previous != mode else { return }
        if mode == .refusing { state.withLock { $0.listener }.stop() }
        if previous == .refusing {
            let listener = try ListeningSocket(port: port)
            state.withLock { $0.listener = listener }
            listen(listener)
        }
        if mode != .silent { cutAll() }
    }

    /// Ends all connections and listens no more.
    public func stop() {
        state.withLock { $0.mode = .refusing }
        state.withLock { $0.listener }.stop()
        cutAll()
    }

    private func cutAll() {
        for connection in state.withLock({ Array($0.connections.values) }) { connection.cut() }
    }

    private func listen(_ listener: ListeningSocket) {
        Thread { [self] in
            while let client = listener.accept() { take(client) }
            listener.closeNow()
        }.start()
    }

    private func take(_ client: Socket) {
        guard state.withLock({ $0.mode }) != .refusing, let server = Socket.connected(to: upstream) else {
            client.closeNow()
            return
        }
        client.sendAtOnce()
        let connection = ProxyConnection(client: client, server: server, proxy: self)
        let number = state.withLock { state in
            state.opened += 1
            state.connections[state.opened] = connection
            return state.opened
        }
        connection.run { [self] in state.withLock { $0.connections[number] = nil } }
    }
}

extension FaultProxy {
    var mode: Mode { state.withLock { $0.mode } }

    /// Counts a command; how long to hold it back, and what goes wrong with it.
    func judge(_ command: String) -> (delay: Duration, fault: FaultPlan.Fault?) {
        state.withLock { state in
            state.counts[command, default: 0] += 1
            return (state.plan.delay, state.plan.fault(at: command))
        }
    }

    func cutMonitors() {
        for connection in state.withLock({ Array($0.connections.values) }) where connection.isMonitor {
            connection.cut()
        }
    }

    func kill() { state.withLock { $0.killer }?() }
}
