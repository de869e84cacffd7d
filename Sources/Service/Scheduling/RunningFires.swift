import CrawlDomain
import Foundation
import Logging
import Storage

/// The processes that run fires.
actor RunningFires {
    /// A crawl that has been told to stop is given so long; then it is killed, and the fire taken over when its lease has ended.
    private static let patience: Duration = .seconds(8)

    private let program: FireProgram
    private let log: Logger
    private var processes: [String: Process] = [:]

    init(program: FireProgram, log: Logger) {
        self.program = program
        self.log = log
    }

    var count: Int { processes.count }

    /// Starts the process of a fire.
    func start(_ lease: FireLease) throws {
        let process = program.process(for: lease)
        let id = lease.fire.id
        process.terminationHandler = { [weak self] process in
            let (status, isSignal) = (process.terminationStatus, process.terminationReason == .uncaughtSignal)
            Task { await self?.ended(id, status: status, isSignal: isSignal) }
        }
        try process.run()
        processes[id] = process
        log.info("fire started", metadata: ["fire": "\(id)", "pid": "\(process.processIdentifier)"])
    }

    /// Asks all processes to stop and waits until they have.
    func stop() async {
        for process in processes.values where process.isRunning { process.terminate() }
        let end = ContinuousClock.now + Self.patience
        while !processes.isEmpty, ContinuousClock.now < end { await Self.pause() }
        for process in processes.values where process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    private func ended(_ id: String, status: Int32, isSignal: Bool) {
        processes[id] = nil
        let metadata: Logger.Metadata = ["fire": "\(id)", isSignal ? "signal" : "status": "\(status)"]
        log.log(level: status == 0 ? .info : .warning, "fire ended", metadata: metadata)
    }

    /// A pause that a cancelled task keeps as well.
    private static func pause() async {
        await Task.detached { try? await Task.sleep(for: .milliseconds(50)) }.value
    }
}
