import CrawlDomain
import Foundation
import Storage
import WebStandards

/// The program that runs a fire: `animematcher schedule run NAME --time T`.
public struct FireProgram: Sendable {
    private let program: CommandLineProgram
    /// Seconds a fire's lease lasts without renewal.
    let leaseSeconds: Int

    /// Runs fires by this program.
    public init(_ program: CommandLineProgram, leaseSeconds: Int = 30) {
        self.program = program
        self.leaseSeconds = leaseSeconds
    }

    /// Whether the program is there.
    var isThere: Bool { program.isThere }

    /// What it is called in messages.
    var path: String { program.path }

    /// The program is not where it should be.
    struct NotBuilt: Error, CustomStringConvertible {
        let path: String
        var description: String { "no crawl can be run: \(path) is not built; run: swift build --product animematcher" }
    }

    /// Begins the process that takes the fire over from the one who claimed it.
    func start(_ lease: FireLease) -> ChildProgram {
        let time = W3CDateTime.format(Int64(lease.fire.time.timeIntervalSince1970))
        let arguments = [
            "schedule", "run", lease.fire.schedule, "--time", time, "--claim", "\(lease.token)",
            "--lease", "\(leaseSeconds)",
        ]
        return program.begin(arguments)
    }
}
