import Foundation
import TestSupport
import Testing

@Suite(
    .enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint),
    .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct ImportRealRatingsTests {
    @Test("419,943 real ratings, sorted and shuffled, give the same lists")
    func ratings() async throws {
        let path = try #require(RecordedMaterial.url("data/anime420k/ratings.csv")?.path)
        let items = try #require(RecordedMaterial.url("data/anime420k/items.csv")?.path)
        let lines = try RecordedMaterial.lines("data/anime420k/ratings.csv")
        try await ImportRig.with { sorted in
            let result = try await sorted.run(
                "ratings", path, "--items", items, "--json", "--rejects",
                sorted.folder.appendingPathComponent("rejects").path)
            #expect(result.object["records"] as? Int == 419_943, "\(result.errors)")
            let rejected = try #require(result.object["rejected"] as? Int)
            let dump = try await CanonicalDump(of: sorted.temporary)
            #expect(dump.sections["users"]?.count == result.object["inserted"] as? Int)
            #expect(dump.defects == [])
            try await ImportRig.with { shuffled in
                var random = SplitMix64(seed: 11)
                let text = ([lines[0]] + lines.dropFirst().shuffled(using: &random)).joined(separator: "\n")
                let file = try shuffled.file("shuffled.csv", text)
                let again = try await shuffled.run("ratings", file, "--items", items, "--json")
                #expect(again.object["rejected"] as? Int == rejected)
                let other = try await CanonicalDump(of: shuffled.temporary)
                #expect(other.differences(from: dump).prefix(5).joined(separator: "\n") == "")
            }
        }
    }
}
