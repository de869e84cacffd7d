import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends a connection that comes from an address with too many, that does not send a request's body in time, or that does not take its answer.
///
/// That no request comes is Hummingbird's to see.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ConnectionLimits
    private let connections: OpenConnections
    /// Where it comes from; nil before it is counted, and where it is not.
    private var counted: ClientAddress?
    private var reading: Scheduled<Void>?
    private var writing: Scheduled<Void>?
    private var unwritten = 0
    /// Requests whose answers have not been written whole, and whether the last of them waits to be told to go on.
    private var unanswered = 0
    private var isAwaited = false

    init(limits: ConnectionLimits, connections: OpenConnections) {
        self.limits = limits
        self.connections = connections
    }

    func channelActive(context: ChannelHandlerContext) {
        let address = ClientAddress(context.remoteAddress?.ipAddress)
        guard connections.open(address) else { return context.close(promise: nil) }
        counted = address
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let counted { connections.close(counted) }
        counted = nil
        cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            reading = deadline(limits.body, context)
            unanswered += 1
            isAwaited = head.headerFields[.expect]?.lowercased() == "100-continue"
            goOn(context)
        case .body: isAwaited = false
        case .end:
            reading?.cancel()
            reading = nil
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        unwritten += 1
        if writing == nil { writing = deadline(limits.answer, context) }
        let promise = promise ?? context.eventLoop.makePromise()
        let box = NIOLoopBound(self, eventLoop: context.eventLoop)
        let contextBox = NIOLoopBound(context, eventLoop: context.eventLoop)
        promise.futureResult.whenComplete { _ in box.value.taken(contextBox.value) }
        context.write(data, promise: promise)
        guard case .end = unwrapOutboundIn(data) else { return }
        unanswered -= 1
        goOn(context)
    }

    /// Tells a client that waits for it to send its body (RFC 9110, section 10.1.1), unless an answer to an earlier request is under way. A body
    /// that is too long is refused while it comes.
    private func goOn(_ context: ChannelHandlerContext) {
        guard isAwaited, unanswered == 1 else { return }
        isAwaited = false
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    /// A part of an answer has gone to the client, or will not any more.
    private func taken(_ context: ChannelHandlerContext) {
        unwritten -= 1
        writing?.cancel()
        writing = unwritten > 0 && context.channel.isActive ? deadline(limits.answer, context) : nil
    }

    private func deadline(_ time: Duration, _ context: ChannelHandlerContext) -> Scheduled<Void> {
        let box = NIOLoopBound(context, eventLoop: context.eventLoop)
        return context.eventLoop.scheduleTask(in: TimeAmount(time)) { box.value.close(promise: nil) }
    }

    private func cancel() {
        reading?.cancel()
        writing?.cancel()
        (reading, writing) = (nil, nil)
    }
}
