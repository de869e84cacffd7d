import Foundation

/// How much the fault tests do: short in CI, ten minutes or hours when `Scripts/faults` runs them.
struct FaultScale: Sendable {
    /// The site most of them crawl.
    let site: FaultSite
    /// Random kills of the crawl.
    let kills: Int
    /// Every so-manieth write is killed at, before and after.
    let writeStep: Int
    /// Every so-manieth write meets a broken connection or a server that is no primary.
    let replyStep: Int
    /// How many workers share a frontier, one after the other.
    let workers: [Int]
    /// Seconds between two kills of a worker.
    let workerInterval: Double
    /// How often mongod is killed.
    let serverKills: Int
    /// Seconds MongoDB is out of reach.
    let outage: Double
    /// Milliseconds that each message to a slow MongoDB is held back.
    let slowness: Int
    /// Seconds of the soak, and between its kills.
    let soak: (seconds: Double, interval: Double)

    /// What `ANIMEMATCHER_FAULTS` asks for: `quick`, `full`, or nothing for CI.
    static let current: FaultScale =
        switch ProcessInfo.processInfo.environment["ANIMEMATCHER_FAULTS"] {
        case "full":
            FaultScale(
                site: .large, kills: 100, writeStep: 1, replyStep: 11, workers: [1, 2, 5], workerInterval: 2,
                serverKills: 20,
                outage: 60, slowness: 500, soak: (3_600, 6))
        case "quick":
            FaultScale(
                site: .large, kills: 20, writeStep: 5, replyStep: 11, workers: [2, 5], workerInterval: 2,
                serverKills: 4, outage: 20, slowness: 500, soak: (120, 10))
        default:
            FaultScale(
                site: .small, kills: 20, writeStep: 20, replyStep: 61, workers: [5], workerInterval: 1, serverKills: 2,
                outage: 8, slowness: 120, soak: (20, 4))
        }
}
