import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Service

@Suite("Connections that keep the service waiting")
struct ConnectionGuardTests {
    private let loop = EmbeddedEventLoop()
    private let connections = OpenConnections(mostOfOneAddress: 2)

    private func channel(_ address: String = "192.0.2.1") throws -> EmbeddedChannel {
        let handler = ConnectionGuard(limits: ConnectionLimits(descriptors: 100), connections: connections)
        let channel = EmbeddedChannel(handler: handler, loop: loop)
        // An embedded channel becomes active so, and takes this for its peer.
        channel.connect(to: try SocketAddress(ipAddress: address, port: 40_000), promise: nil)
        return channel
    }

    private let head = HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/"))

    @Test("a body that does not end in time ends the connection; one that does not")
    func slowBody() throws {
        let (slow, quick) = (try channel(), try channel())
        try slow.writeInbound(head)
        try quick.writeInbound(head)
        for _ in 0..<29 {
            loop.advanceTime(by: .seconds(1))
            try slow.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "x")))
        }
        #expect(slow.isActive && connections.count == 2)
        try quick.writeInbound(HTTPRequestPart.end(nil))
        loop.advanceTime(by: .seconds(1))
        #expect(!slow.isActive && quick.isActive && connections.count == 1)
        loop.advanceTime(by: .hours(1))
        #expect(quick.isActive, "that no request comes is not its business")
    }

    @Test("an answer that is not taken in time ends the connection; each part that is begins the time anew")
    func slowReader() throws {
        let channel = try channel()
        for _ in 0..<3 {
            channel.write(HTTPResponsePart.body(ByteBuffer(string: "x")), promise: nil)
            loop.advanceTime(by: .seconds(59))
            #expect(channel.isActive)
            channel.flush()
            loop.run()
        }
        loop.advanceTime(by: .hours(1))
        #expect(channel.isActive, "nothing waits to be taken")
        channel.write(HTTPResponsePart.end(nil), promise: nil)
        loop.advanceTime(by: .seconds(60))
        #expect(!channel.isActive && connections.count == 0)
    }

    @Test("an address has so many connections at once, this machine as many as it likes")
    func byAddress() throws {
        let mine = [try channel(), try channel()]
        #expect(try !channel().isActive)
        let other = try channel("2001:db8::1")
        #expect(other.isActive)
        #expect(try !channel("::ffff:192.0.2.1").isActive)
        let own = try (0..<5).map { _ in try channel("127.0.0.1") }
        #expect(own.allSatisfy(\.isActive) && connections.count == 8)
        mine[0].close(promise: nil)
        loop.run()
        #expect(try channel().isActive)
    }

    @Test(
        "half of the descriptors are for connections, within bounds", arguments: [(0, 4), (96, 48), (1 << 20, 4_096)])
    func limits(descriptors: Int, most: Int) {
        #expect(ConnectionLimits(descriptors: descriptors).most == most)
    }
}
