import HTTPTypes
import Indexing
import WebStandards

/// The story map as data.
struct MapAPI: Sendable {
    let holder: IndexHolder
    let maps: MapHolder

    var endpoints: [Endpoint] {
        [
            .get(
                "/map", "All stories on a plane: places from 0 to 1, main topics, clusters.", group: "recommendations",
                answer: "StoryMap", problems: [503: "No index version or no map is loaded yet."], handle: map)
        ]
    }

    private func map(_ call: Call) async throws -> Answer {
        let index = try holder.loaded()
        guard let drawn = await maps.map(of: index) else { throw Self.missing }
        return drawn.whole
    }

    /// There is no map, and what to do about it.
    static var missing: Problem {
        Problem(
            .serviceUnavailable,
            "no story map is published yet: one is made by the role index, or by `animematcher map --publish`, when there are descriptions enough"
        )
    }
}
