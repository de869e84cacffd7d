import DemoSite
import Foundation
import Synchronization

/// One connection of a program through the proxy, with a thread for each direction.
final class ProxyConnection: Sendable {
    private struct State {
        /// Requests whose reply is not to be delivered, with what happens then.
        var doomed: [UInt32: FaultPlan.Fault] = [:]
        var running = 2
        var isMonitor = false
    }

    private let client: Socket
    private let server: Socket
    private let proxy: FaultProxy
    private let state = Mutex(State())

    init(client: Socket, server: Socket, proxy: FaultProxy) {
        self.client = client
        self.server = server
        self.proxy = proxy
    }

    /// Starts both directions; calls `ended` once both are over and the sockets closed.
    func run(_ ended: @escaping @Sendable () -> Void) {
        for direction in [forward, backward] {
            Thread { [self] in
                direction()
                cut()
                let isLast = state.withLock { state in
                    state.running -= 1
                    return state.running == 0
                }
                guard isLast else { return }
                // First forgotten, then closed: a closed descriptor may already be somebody else's.
                ended()
                client.closeNow()
                server.closeNow()
            }.start()
        }
    }

    /// Whether the driver only watches the server over it.
    var isMonitor: Bool { state.withLock { $0.isMonitor } }

    /// Ends the connection on both sides.
    func cut() {
        for socket in [client, server] {
            socket.stopReceiving()
            socket.stopSending()
        }
    }

    @Sendable private func forward() {
        while let message = WireMessage.read(from: client) {
            guard waitWhileSilent() else { return }
            if let command = message.command {
                if command == "hello", message.waitsForNews { state.withLock { $0.isMonitor = true } }
                let (delay, fault) = proxy.judge(command)
                if delay > .zero { Thread.sleep(forTimeInterval: delay / .seconds(1)) }
                if let fault, !apply(fault, to: message) { return }
                if case .refuse? = fault { continue }
            }
            guard server.send(message.bytes[...]) == message.bytes.count else { return }
        }
    }

    @Sendable private func backward() {
        while let message = WireMessage.read(from: server) {
            guard waitWhileSilent() else { return }
            switch state.withLock({ $0.doomed.removeValue(forKey: message.responseTo) }) {
            case .killAfter?:
                proxy.kill()
                return
            case .cutAfter?: return
            default: break
            }
            guard client.send(message.bytes[...]) == message.bytes.count else { return }
        }
    }

    /// Answers false when the connection is over.
    private func apply(_ fault: FaultPlan.Fault, to message: WireMessage) -> Bool {
        switch fault {
        case .killBefore:
            proxy.kill()
            return false
        case .cutBefore: return false
        case .killAfter, .cutAfter:
            state.withLock { $0.doomed[message.requestID] = fault }
            return true
        case .refuse(let code, let name, let labels):
            // A real server in that state tells those who watch it at once, where this one would keep silent for ten seconds.
            proxy.cutMonitors()
            let reply = WireMessage.refusal(of: message, code: code, name: name, labels: labels)
            return reply.map { client.send($0.bytes[...]) == $0.bytes.count } ?? false
        }
    }

    /// Holds what has come while nothing gets through; false when that ends, for a network that comes back has forgotten its connections.
    private func waitWhileSilent() -> Bool {
        guard proxy.mode == .silent else { return proxy.mode == .open }
        while proxy.mode == .silent { Thread.sleep(forTimeInterval: 0.02) }
        return false
    }
}
