import HTTPTypes
import Hummingbird
import Indexing
import Storage
import WebStandards

/// `/healthz` says that the process answers, `/readyz` that it can do its work, `/metrics` how it fares.
struct HealthRoutes: Sendable {
    let sources: ServiceSources
    let metrics: ServiceMetrics

    func add(to router: Router<ServiceContext>) {
        router.get("healthz") { request, _ in Answer.json(["status": "ok"]).response(to: request) }
        router.get("readyz") { request, _ in try await ready().response(to: request) }
        router.get("metrics") { request, _ in await scrape().response(to: request) }
    }

    private func ready() async throws -> Answer {
        let version = try sources.holder.loaded().version
        if let failed = sources.health.states.filter({ !$0.value.isRunning }).keys.min() {
            throw Problem(.serviceUnavailable, "'\(failed)' has failed and is started again in a moment")
        }
        let lag: Int
        do { lag = max(0, try await sources.database.changes.newest() - version.change) } catch {
            throw Problem(.serviceUnavailable, "the database does not answer")
        }
        // One that stands by is as well as one that leads.
        let standby = sources.health.states.filter { $0.value.isLeading == false }.keys.sorted()
        return .json([
            "status": "ok", "index": .int(Int64(version.number)), "lag": .int(Int64(lag)),
            "standby": .array(standby.map(JSONValue.string)),
        ])
    }

    private func scrape() async -> Answer {
        Answer(type: "text/plain; version=0.0.4; charset=utf-8", bytes: Array(await metrics.text().utf8))
    }
}
