import CrawlDomain
import TestSupport
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct RatingsTests {
    private func read(
        _ text: String, _ format: ImportFormat = .csv, items: [Int32: Int32]? = nil, scale: Int? = nil, piece: Int = 11
    ) throws -> (lists: [String: [JSONValue]], rejects: [ImportReject], namesPeople: Bool) {
        let (spool, bytes) = (RatingsSpool(), Array(text.utf8))
        var reader = try RatingsReader(format, site: "myanimelist", entryOfItem: items, scale: scale)
        var rejects: [ImportReject] = []
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try reader.read(Array(bytes[start..<min(start + piece, bytes.count)]), into: spool) { rejects.append($0) }
        }
        try reader.finish(into: spool) { rejects.append($0) }
        return (try lists(spool), rejects, reader.namesPeople)
    }

    private func lists(_ spool: RatingsSpool) throws -> [String: [JSONValue]] {
        let builder = ListBuilder(
            site: "myanimelist", pipeline: try ImportRig().pipeline, titles: ["1": ("Star Ferry", "TV")], naming: nil)
        var lists: [String: [JSONValue]] = [:]
        for part in 0..<RatingsSpool.parts {
            for person in try spool.people(of: part) {
                guard case .item(let item) = builder.list(of: person) else { continue }
                lists[item.key] = item.fields["list"]?.arrayValue
            }
        }
        return lists
    }

    private func scores(_ rows: [JSONValue]?) -> [String] {
        (rows ?? []).map { "\($0["entry_id"]?.stringValue ?? "") \($0["score"]?.intValue ?? -1)" }
    }

    @Test("rows in any order become one list per person, by entry; -1 is no score, and the last of two rows counts")
    func order() throws {
        let found = try read("user_id,anime_id,rating\n7,20,8\n5,1,-1\n7,3,10\n5,2,6\n7,20,9\n")
        #expect(scores(found.lists["myanimelist:7"]) == ["myanimelist:3 10", "myanimelist:20 9"])
        #expect(scores(found.lists["myanimelist:5"]) == ["myanimelist:1 0", "myanimelist:2 6"])
        #expect(found.lists["myanimelist:5"]?[0]["title"] == "Star Ferry")
        #expect(!found.namesPeople)
    }

    @Test("bad rows are left out with line, reason and the row as it was")
    func rejects() throws {
        let found = try read("user,item,rating\nada,1,8\nada,2,11\nbo,two,5\nbo,2,-1\nbo,1\n,1,6\nbo,1,7.5\n")
        #expect(found.rejects.map(\.line) == [3, 4, 6, 7, 8])
        #expect(
            found.rejects.map { String(decoding: $0.raw, as: UTF8.self) } == [
                "ada,2,11", "bo,two,5", "bo,1", ",1,6", "bo,1,7.5",
            ])
        #expect(found.rejects[0].reason == "rating: expected 1 to 10, or -1 for none, not '11'")
        #expect(found.lists.count == 2)
    }

    @Test("MovieLens: five stars in halves become ten, times are kept, with or without a header")
    func movieLens() throws {
        let csv = try read("userId,movieId,rating,timestamp\n1,5,3.5,978300760\n1,6,0.5,0\n1,7,5.5,1\n")
        let dat = try read("1::5::3.5::978300760\n1::6::0.5::0\n1::7::5.5::1\n", .movieLensDat)
        for found in [csv, dat] {
            #expect(scores(found.lists["myanimelist:1"]) == ["myanimelist:5 7", "myanimelist:6 1"])
            #expect(found.lists["myanimelist:1"]?[0]["updated"] == "2000-12-31T22:12:40Z")
            #expect(found.rejects.count == 1)
        }
        #expect(
            scores(try read("user,item,rating\n1,5,87\n1,6,2\n", scale: 100).lists["myanimelist:1"]) == [
                "myanimelist:5 9", "myanimelist:6 1",
            ])
    }

    @Test("a file of items says which entry is meant; what it does not know is left out")
    func items() throws {
        let found = try read("user,item,rating\n1,5,8\n1,6,8\n", items: [5: 500])
        #expect(scores(found.lists["myanimelist:1"]) == ["myanimelist:500 8"])
        #expect(found.rejects.map(\.reason) == ["item: 6 is not in the file of items"])
    }

    @Test(
        "states and episodes are taken where there are columns for them; keys of entries and people as our own export writes them"
    )
    func states() throws {
        let found = try read(
            "user_id,anime_id,rating,watching_status,watched_episodes\n1,5,0,6,0\n1,6,9,2,24\n1,7,,1,3\n")
        let rows = try #require(found.lists["myanimelist:1"])
        #expect(rows.map { $0["status"] } == ["plan_to_watch", "completed", "watching"])
        #expect(rows.map { $0["watched_episodes"] } == [0, 24, 3])
        let keys = try read(
            "user,item,rating\nmyanimelist:ada,myanimelist:5,8\nmyanimelist:ada,anime-planet:far-dog,7\n")
        #expect(scores(keys.lists["myanimelist:ada"]) == ["myanimelist:5 8", "anime-planet:far-dog 7"])
    }

    @Test("names that our own export guards against spreadsheets are read as they are stored; others stay")
    func guarded() throws {
        let lists = try read("user,item,rating\n\"'-Kira-\",1,8\n\"''x\",1,8\n'y,1,8\n-z,1,8\n").lists
        #expect(lists.keys.sorted() == ["'x", "'y", "-Kira-", "-z"].map { "myanimelist:\($0)" })
    }

    @Test("a column of names names people; numbers beside it are preferred")
    func names() throws {
        #expect(try read("username,anime_id,my_score,my_status\nada,1,8,2\n").namesPeople)
        #expect(try !read("user_id,Username,anime_id,Anime Title,rating\n1,ada,5,Far Dog,8\n").namesPeople)
        #expect(
            try read("user_id,Username,anime_id,Anime Title,rating\n1,ada,5,Far Dog,8\n").lists.keys.sorted() == [
                "myanimelist:1"
            ])
    }

    @Test("a header without the columns is refused with what was expected")
    func header() {
        let error = #expect(throws: ImportError.self) { try read("a,b,c\n1,2,3\n") }
        #expect(error?.description.contains("line 1: expected a header with user, item and rating") == true)
    }

    @Test("shuffled equals sorted, also where the rows do not fit in memory")
    func shuffled() throws {
        var random = SplitMix64(seed: 3)
        var rows: [String] = []
        for user in 1...3_000 {
            for item in 1...60 where Bool.random(using: &random) { rows.append("\(user),\(item),\(1 + item % 10)") }
        }
        let header = "user,item,rating\n"
        let sorted = try read(header + rows.joined(separator: "\n"), piece: 1 << 16)
        let shuffled = try read(header + rows.shuffled(using: &random).joined(separator: "\n"), piece: 1 << 16)
        #expect(sorted.lists.count == 3_000)
        #expect(sorted.lists == shuffled.lists)
    }

    @Test("rows beyond a part's room go to the file and come back in their order, with all that they say")
    func spill() throws {
        let spool = RatingsSpool()
        var rows: [RatingRow] = []
        for number in 0..<60_000 {
            var row = RatingRow(user: "someone", entry: "\(number % 20_000)", score: UInt8(number / 20_000 + 1))
            row.status = 2
            row.episodes = number % 2 == 0 ? Int32(number) : nil
            row.updated = number % 3 == 0 ? Int64(number) : nil
            rows.append(row)
        }
        for row in rows { try spool.add(row) }
        let people = try (0..<RatingsSpool.parts).flatMap { try spool.people(of: $0) }
        #expect(people.map(\.user) == ["someone"])
        #expect(people.first?.rows.count == 20_000)
        let stored = people.first.map { Array($0.rows.values) } ?? []
        #expect(stored.allSatisfy { rows[40_000 + (Int($0.entry) ?? 0)] == $0 })
    }

    @Test("a person with more rows than a list may have is held back at the limit")
    func tooMany() throws {
        let spool = RatingsSpool()
        for number in 0..<(ImportLimits.listRows + 500) {
            try spool.add(RatingRow(user: "a", entry: String(number), score: 1))
        }
        let person = try #require(try (0..<RatingsSpool.parts).flatMap { try spool.people(of: $0) }.first)
        #expect(person.rowCount == ImportLimits.listRows + 1)
        let builder = ListBuilder(site: "s", pipeline: try ImportRig().pipeline, titles: [:], naming: nil)
        guard case .drop(let drop) = builder.list(of: person) else {
            Issue.record("the list should be refused")
            return
        }
        #expect(drop.reason == .tooLarge)
    }
}
