import CrawlDomain
import Testing

@testable import CrawlEngine

@Suite("The header of a table that is imported")
struct ImportHeaderTests {
    private func mistake(_ text: String, _ type: ItemType) -> String? {
        var reader = ImportRecordReader(.csv)
        _ = reader.read(Array(text.utf8))
        _ = reader.finish()
        guard let header = reader.header else { return "no header" }
        do throws(ImportError) { try header.check(for: type) } catch { return error.description }
        return nil
    }

    @Test("one that lacks what every record needs is refused, with its line and the names that are known")
    func unknown() {
        #expect(
            mistake("a,b\n1,2\n", .entry)
                == "line 1: expected a header with mal_id (or anime_id, animeid, id, uid) and title (or name), not 'a,b'"
        )
        #expect(mistake("\nmal_id,b\n1,2\n", .entry)?.hasPrefix("line 2: expected a header") == true)
        #expect(
            mistake("a,b", .review)?.hasPrefix("line 1: expected a header with uid (or review_id) and anime_uid")
                == true)
    }

    @Test("names count in any case; what is known to be of another kind is left to its records")
    func known() {
        #expect(mistake("MAL_ID,Name\n1,A\n", .entry) == nil)
        #expect(mistake("uid,anime_uid,text\n", .review) == nil)
        #expect(mistake("user_id,anime_id,rating\n", .entry) == nil)
        #expect(mistake("_id,content_hash\n", .review) == nil)
        #expect(mistake("a,b\n", .user) == nil)
    }

    @Test("what is not a table has no header")
    func none() {
        var reader = ImportRecordReader(.jsonLines)
        _ = reader.read(Array("{}\n{}\n".utf8))
        #expect(reader.header == nil)
    }
}
