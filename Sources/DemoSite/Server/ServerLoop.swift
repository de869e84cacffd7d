import Foundation

/// Accepts connections and gives each a thread of its own.
final class ServerLoop: Sendable {
    let listener: ListeningSocket
    private let log: AccessLog
    private let connections = ConnectionRegistry()
    private let respond: @Sendable (Request) -> Response

    init(port: UInt16, log: AccessLog, respond: @escaping @Sendable (Request) -> Response) throws(DemoSiteError) {
        listener = try ListeningSocket(port: port)
        self.log = log
        self.respond = respond
    }

    func start() {
        let thread = Thread { [self] in
            while let socket = listener.accept() { take(socket) }
            listener.closeNow()
        }
        thread.start()
    }

    func stop() {
        listener.stop()
        connections.stop(timeout: 5)
    }

    private func take(_ socket: Socket) {
        guard let number = connections.add(socket) else {
            socket.closeNow()
            return
        }
        let connections = connections
        let connection = Connection(
            socket: socket, number: number, log: log, isStopping: { connections.isStopping }, respond: respond)
        let thread = Thread {
            connection.serve()
            connections.close(number)
        }
        thread.stackSize = 1 << 20
        thread.start()
    }
}
