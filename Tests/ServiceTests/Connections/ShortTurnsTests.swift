import Foundation
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Service

@Suite struct ShortTurnsTests {
    /// A server's connections that only tell what their thread has asked for.
    private struct Listening: ServerChildChannel {
        struct Value: ServerChildChannelValue { let channel: any NIOCore.Channel }
        final class Heard: Sendable { let turns = Mutex<[UInt64]>([]) }
        let heard = Heard()

        func setup(channel: any NIOCore.Channel, logger: Logger) -> EventLoopFuture<Value> {
            channel.eventLoop.makeSucceededFuture(Value(channel: channel))
        }

        func handle(value: Value, logger: Logger) async { heard.turns.withLock { $0.append(ShortTurns.asked) } }
    }

    /// Linux knows of such wishes since 6.12.
    private static var isHeeded: Bool {
        let version = ProcessInfo.processInfo.operatingSystemVersion
        return (version.majorVersion, version.minorVersion) >= (6, 12)
    }

    @Test(
        "who answers a connection has asked for short turns, and nobody else",
        .enabled(if: isHeeded, "this Linux heeds no wishes for short turns"))
    func answering() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let connections = Listening()
        let bound = LoopBoundChannel(channel: connections)
        let log = Logger(label: "test")
        let channel = try await DatagramBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        let value = try await loop.flatSubmit { bound.setup(channel: channel, logger: log) }.get()
        await bound.handle(value: value, logger: log)
        #expect(connections.heard.turns.withLock { $0 } == [ShortTurns.nanoseconds])
        // Threads that such a thread starts take turns as usual.
        let started = try await loop.submit { () -> UInt64 in
            let asked = Mutex<UInt64>(1)
            let done = DispatchSemaphore(value: 0)
            Thread {
                asked.withLock { $0 = ShortTurns.asked }
                done.signal()
            }.start()
            done.wait()
            return asked.withLock { $0 }
        }.get()
        #expect(started != ShortTurns.nanoseconds)
        #expect(ShortTurns.asked != ShortTurns.nanoseconds)
        try await channel.close()
        try await group.shutdownGracefully()
    }
}
