import Hummingbird
import Indexing
import Storage
import WebStandards

/// `/healthz` says that the process answers, `/readyz` that it can do its work.
struct HealthRoutes: Sendable {
    let holder: IndexHolder
    let database: AnimeDatabase

    func add(to router: Router<some RequestContext>) {
        router.get("healthz") { _, _ in JSONValue.object(["status": "ok"]).response() }
        router.get("readyz") { _, _ in try await ready() }
    }

    private func ready() async throws -> Response {
        guard let version = holder.index?.version else {
            throw Problem(.serviceUnavailable, "no index version is loaded yet")
        }
        let lag: Int
        do { lag = max(0, try await database.changes.newest() - version.change) } catch {
            throw Problem(.serviceUnavailable, "the database does not answer")
        }
        return JSONValue.object(["status": "ok", "index": .int(Int64(version.number)), "lag": .int(Int64(lag))])
            .response()
    }
}
