import Hummingbird
import NIOCore

/// What is known of a request beside what it says.
struct ServiceContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Where the connection comes from.
    let peer: ClientAddress

    init(source: Source) {
        coreContext = .init(source: source)
        peer = ClientAddress(source.channel.remoteAddress?.ipAddress)
    }

    /// Requests have small bodies: a form, or a few words of JSON.
    var maxUploadSize: Int { 64 << 10 }
}
