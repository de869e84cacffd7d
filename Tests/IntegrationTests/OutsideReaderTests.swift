import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct OutsideReaderTests {
    /// Reads `anime` as the original's consumers do and checks names and types.
    private static let script = """
        import os, sys, pymongo
        database = pymongo.MongoClient(os.environ["MONGODB_URI"])[os.environ["ANIMEMATCHER_DATABASE"]]
        count = 0
        for anime in database.anime.find():
            count += 1
            assert type(anime["_id"]) is str and anime["_id"]
            assert type(anime["themesongs"]) is list and all(type(songs) is list for songs in anime["themesongs"])
            assert all(type(song) is str for songs in anime["themesongs"] for song in songs)
            assert type(anime["description"]) is list and all(type(text) is str for text in anime["description"])
            assert type(anime["reviews"]) is list and all(type(text) is str for text in anime["reviews"])
            assert type(anime["img_url"]) is str
            assert list(anime)[:5] == ["_id", "themesongs", "description", "reviews", "img_url"]
        print(count)
        """

    @Test("PyMongo reads the anime in exactly the original's shape")
    func originalShape() async throws {
        try await CrawlRig.with(anime: 20, users: 6) { rig in
            try await rig.crawl()
            let place = ["MONGODB_URI": rig.temporary.uri, "ANIMEMATCHER_DATABASE": rig.temporary.name]
            guard let text = try await ForeignPython.run(Self.script, environment: place) else { return }
            #expect(Int(text.split(separator: "\n").first ?? "") == (try await rig.database.catalogue.counts().anime))
        }
    }
}
