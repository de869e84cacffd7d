import TestSupport
import Testing

/// The map in a real browser, as the role `index` publishes it.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct MapBrowserTests {
    @Test("Map: drawn, gone through by keys, pointer and search; without script a picture and a list")
    func map() async throws {
        try await ServeRig.with(roles: "http,index", anime: 120, users: 12) { rig in
            try await BrowserTests.run("map.py", [rig.origin])
        }
    }
}
