@testable import CrawlEngine
import Testing

@Suite struct LossWatchTests {
    private let fields: Set = ["type", "episodes", "status", "genres"]

    @Test("whole pages that lack the same are a drift from the second on; the first may be a page that was reduced")
    func drift() {
        var watch = LossWatch()
        #expect(watch.read(lost: fields, kind: "anime", isShorter: false) == .reduced)
        #expect(watch.read(lost: fields, kind: "anime", isShorter: false) == .good)
        #expect(watch.read(lost: fields.union(["source"]), kind: "anime", isShorter: false) == .good)
        #expect(watch.read(lost: fields, kind: "reviews", isShorter: false) == .reduced)
    }

    @Test("pages that are shorter, of unknown length, or lack now this and now that, are reduced")
    func reduced() {
        var watch = LossWatch()
        #expect(watch.read(lost: fields, kind: "anime", isShorter: false) == .reduced)
        #expect(watch.read(lost: fields, kind: "anime", isShorter: true) == .reduced)
        #expect(watch.read(lost: fields, kind: "anime", isShorter: nil) == .reduced)
        #expect(watch.read(lost: ["score", "rank"], kind: "anime", isShorter: false) == .reduced)
    }
}
