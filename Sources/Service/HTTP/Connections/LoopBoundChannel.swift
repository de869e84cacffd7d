import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// Answers the requests of a connection on the thread that reads and writes it.
///
/// Elsewhere each request would cost three changes of threads, each with a call that wakes one. What computes long has a thread of its own
/// (`LowPriorityThread`), and reading from the database waits without a thread.
struct LoopBoundChannel<Channel: ServerChildChannel>: ServerChildChannel {
    let channel: Channel

    func setup(channel new: any NIOCore.Channel, logger: Logger) -> EventLoopFuture<Channel.Value> {
        // On the connection's thread.
        ShortTurns.ask()
        return channel.setup(channel: new, logger: logger)
    }

    func handle(value: Channel.Value, logger: Logger) async {
        await withTaskExecutorPreference(LoopExecutor(loop: value.channel.eventLoop)) {
            await channel.handle(value: value, logger: logger)
        }
    }
}

/// Runs tasks on an event loop's thread.
private final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
