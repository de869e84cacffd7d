import CrawlDomain
import Foundation
import Hummingbird
import Reports
import Storage
import WebStandards

/// What is crawled and when, how sites fare, and what has changed.
struct CrawlAPI: Sendable {
    let database: AnimeDatabase
    let known: KnownSchedules?
    /// Sites there are spiders for.
    let sites: CrawlableSites
    let overviews: CrawlOverviews

    var endpoints: [Endpoint] {
        [
            .get(
                "/sites", "The sites there are spiders for, with what runs and what is held.", group: "crawling",
                answer: "Sites", handle: list),
            .get(
                "/sites/{site}", "A site: its runs, its queue, the hosts where most waits, their delays and why.",
                group: "crawling",
                parameters: [
                    .path("site", "The site's name.", most: 64),
                    .integer("ended", 0...100, standard: 5, "How many ended runs to show."),
                ], answer: "Site", problems: [404: "There is no spider of that name."], handle: site),
            .get(
                "/runs/{run}", "A run of a crawl by its id, as logs and changes name it.", group: "crawling",
                parameters: [.path("run", "The run's id.", most: 200)], answer: "Run",
                problems: [404: "There was no such run."], handle: run),
            .get(
                "/schedules", "The schedules: when they fire next, and what became of the last time.",
                group: "crawling",
                answer: "Schedules", handle: schedules),
            .get(
                "/changes", "What has changed, by number, the oldest first.", group: "changes",
                parameters: [
                    .integer("after", 0...Int(Int32.max), standard: 0, "Changes with greater numbers."),
                    .integer("count", 1...1_000, standard: 100, "How many at most."),
                ], answer: "Changes", handle: changes),
        ]
    }

    private func list(_ call: Call) async throws -> Answer {
        let held = try await database.drift.heldSites()
        var rows: [JSONValue] = []
        for site in sites.names {
            let running = try await database.runs.running(site: site)
            let instructions = try await database.control.instructions(site: site)
            rows.append([
                "site": .string(site), "running": .array(running.map(\.value)), "held": .bool(held.contains(site)),
                "paused": instructions.pause.map(\.value) ?? .null,
            ])
        }
        return .json(.array(rows))
    }

    private func site(_ call: Call) async throws -> Answer {
        let site = try sites.known(call.text("site"))
        return .json(try await overviews.report(of: site, ended: call.integer("ended") ?? 5).value)
    }

    private func run(_ call: Call) async throws -> Answer {
        guard let found = try await database.runs.sighting(call.text("run")) else {
            throw Problem(.notFound, "there was no such run")
        }
        return .json(found.value)
    }

    private func schedules(_ call: Call) async throws -> Answer {
        guard let known else { return .json([]) }
        let states = try await database.schedules.states()
        var rows: [JSONValue] = []
        for schedule in await known.reload().schedules {
            let state = states[schedule.name]
            let last = try await database.fires.latest(of: schedule.name).first
            rows.append([
                "name": .string(schedule.name), "site": .string(schedule.site),
                "when": .string(schedule.timing.description), "zone": .string(schedule.zoneName),
                "enabled": .bool(schedule.isEnabled), "paused": .bool(state?.isPaused ?? false),
                "next": state?.next.map { .string($0.formatted(.iso8601)) } ?? .null,
                "last": last.map(Self.value) ?? .null,
            ])
        }
        return .json(.array(rows))
    }

    private static func value(_ fire: Fire) -> JSONValue {
        [
            "time": .string(fire.time.formatted(.iso8601)), "state": .string(fire.state.rawValue),
            "reason": fire.reason.map(JSONValue.string) ?? .null, "run": fire.run.map(JSONValue.string) ?? .null,
        ]
    }

    private func changes(_ call: Call) async throws -> Answer {
        let after = call.integer("after") ?? 0
        let found = try await database.changes.changes(after: after, limit: call.integer("count") ?? 100)
        return .json([
            "changes": .array(found.map(\.value)), "newest": .int(Int64(try await database.changes.newest())),
            "next": .int(Int64(found.last?.number ?? after)),
        ])
    }
}
