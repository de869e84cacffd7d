@testable import CrawlEngine
import Testing

@Suite struct LossWatchTests {
    private let fields: Set = ["type", "episodes", "status", "genres"]

    @Test("whole pages that lack the same are a drift from the second on; the first may be a page that was reduced")
    func drift() {
        var watch = LossWatch()
        #expect(watch.read(lost: fields, kind: "anime", length: 900, usual: 1_000) == .reduced)
        #expect(watch.read(lost: fields, kind: "anime", length: 900, usual: 1_000) == .good)
        #expect(watch.read(lost: fields.union(["source"]), kind: "anime", length: 800, usual: 1_000) == .good)
        #expect(watch.read(lost: fields, kind: "reviews", length: 900, usual: 1_000) == .reduced)
    }

    @Test("pages that are shorter, of unknown length, or lack now this and now that, are reduced")
    func reduced() {
        var watch = LossWatch()
        #expect(watch.read(lost: fields, kind: "anime", length: 900, usual: 1_000) == .reduced)
        #expect(watch.read(lost: fields, kind: "anime", length: 700, usual: 1_000) == .reduced)
        #expect(watch.read(lost: fields, kind: "anime", length: nil, usual: 1_000) == .reduced)
        #expect(watch.read(lost: fields, kind: "anime", length: 900, usual: nil) == .reduced)
        #expect(watch.read(lost: ["score", "rank"], kind: "anime", length: 900, usual: 1_000) == .reduced)
    }
}
