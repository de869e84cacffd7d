import Foundation
import TestSupport
import Testing

@testable import Recommender

@Suite("Stemmer")
struct StemmerTests {
    @Test("inflexions of a word have one stem")
    func inflexions() {
        let stemmer = Stemmer()
        #expect(["hunting", "hunted", "hunts", "hunt"].map { stemmer.stem($0) } == Array(repeating: "hunt", count: 4))
        #expect(stemmer.stem("") == "")
    }

    private struct Case: Decodable {
        let word: String
        let stem: String
    }

    @Test(
        "every word of Snowball's vocabulary has its published stem",
        .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
    func vocabulary() throws {
        let stemmer = Stemmer()
        var wrong: [String] = []
        let lines = try RecordedMaterial.bytes("suites/snowball-english/porter2_english.jsonl").split(separator: 10)
        for line in lines {
            let row = try JSONDecoder().decode(Case.self, from: Data(line))
            if stemmer.stem(row.word) != row.stem { wrong.append(row.word) }
        }
        #expect(lines.count > 20_000)
        #expect(wrong == [])
    }
}
