import Hummingbird
import Storage
import WebStandards

/// Anime and entries as they are stored.
struct CatalogueAPI: Sendable {
    let database: AnimeDatabase

    var endpoints: [Endpoint] {
        [
            .get(
                "/anime/{id}", "An anime by its id, a whole title, or what it was called before.", group: "catalogue",
                parameters: [.path("id", "The id, or a title.")], answer: "Anime",
                problems: [404: "No anime of that name is known."], handle: anime),
            .get(
                "/entries/{key}",
                "An entry of a site by its key, such as demo:7, or by its title: of several the best known.",
                group: "catalogue", parameters: [.path("key", "Site and number, or a title.")], answer: "Entry",
                problems: [404: "No entry of that key or title is known."], handle: entry),
        ]
    }

    private func anime(_ call: Call) async throws -> Answer {
        guard let found = try await database.catalogue.anime(called: call.text("id")) else {
            throw Problem(.notFound, "no anime of that name is known")
        }
        return .json(.object(found))
    }

    private func entry(_ call: Call) async throws -> Answer {
        guard let found = try await database.catalogue.entry(called: call.text("key")) else {
            throw Problem(.notFound, "no entry of that key or title is known")
        }
        return .json(.object(found))
    }
}
