import CrawlDomain
import Logging
import Storage

/// The processes that run fires.
actor RunningFires {
    private let program: FireProgram
    private let log: Logger
    private var running: [String: ChildProgram] = [:]

    init(program: FireProgram, log: Logger) {
        self.program = program
        self.log = log
    }

    var count: Int { running.count }

    /// Starts the process of a fire.
    func start(_ lease: FireLease) async throws {
        let id = lease.fire.id
        let child = program.start(lease)
        running[id] = child
        do {
            let number = try await child.start()
            log.info("fire started", metadata: ["fire": "\(id)", "pid": "\(number)"])
        } catch {
            running[id] = nil
            throw error
        }
        Task { await watch(child, id) }
    }

    /// Asks all processes to stop and waits until they have. The fire of one that had to be killed is taken over when its lease has ended.
    func stop() async {
        let children = Array(running.values)
        for child in children { child.stop() }
        for child in children { _ = await child.end() }
    }

    private func watch(_ child: ChildProgram, _ id: String) async {
        let end = await child.end()
        log.log(
            level: end.isSuccess ? .info : .warning, "fire ended",
            metadata: end.metadata.merging(["fire": "\(id)"]) { $1 })
        running[id] = nil
    }
}
