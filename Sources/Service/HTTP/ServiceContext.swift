import Hummingbird
import NIOCore

/// What is known of a request beside what it says.
struct ServiceContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address that the connection comes from; nil for one without, such as a Unix socket.
    let peer: String?

    init(source: Source) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }

    /// Requests have small bodies: a form, or a few words of JSON.
    var maxUploadSize: Int { 64 << 10 }
}
