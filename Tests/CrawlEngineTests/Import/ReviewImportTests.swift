import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct ReviewImportTests {
    @Test("rows of the data set of 2020 become reviews; the author's name is stored as crawls store it")
    func rows() throws {
        let rig = try ImportRig()
        let reviews = ReviewImport(site: "myanimelist", pipeline: rig.pipeline)
        let naming = try UserNaming(.hmac, key: Array("0123456789abcdef".utf8))
        let records = try rig.records(
            """
            uid,profile,anime_uid,text,score,scores,link
            9,Mira,7,"A fine ferry.

            Twice.",8,"{'Overall': '8', 'Story': '8', 'Animation': '7', 'Sound': '10', 'Character': '9', 'Enjoyment': '8'}",https://x.example

            """
        ).map { try $0.get() }
        #expect(ReviewImport.namesPeople(records[0]))
        let fields = try reviews.review(records[0], naming: naming).fields
        #expect(fields["_id"] == "myanimelist:9")
        #expect(fields["entry_id"] == "myanimelist:7")
        #expect(fields["author"] == .string(naming.stored("Mira")))
        #expect(fields["scores"]?["sound"] == 10)
        #expect(fields["text"]?.stringValue?.contains("Twice.") == true)
    }

    @Test("reviews and users of our own export stay as they are, names included")
    func ownExport() throws {
        let rig = try ImportRig()
        let review =
            #"{"_id":"demo:1","entry_id":"demo:2","author":"ab12","tags":[],"preliminary":false,"spoiler":false,"text":"Fine."}"#
        let record = try #require(try rig.records(review + "\n").first?.get())
        #expect(!ReviewImport.namesPeople(record))
        #expect(
            try ReviewImport(site: "x", pipeline: rig.pipeline).review(record, naming: nil).fields["author"] == "ab12")

        let user = #"{"_id":"demo:ab","site":"demo","name":"ab","list":[],"content_hash":"x","change":3}"#
        let item = try UserImport(pipeline: rig.pipeline).user(try #require(try rig.records(user + "\n").first?.get()))
        #expect(item.key == "demo:ab")
        #expect(item.fields["content_hash"] == nil)
        #expect(throws: ImportReject.self) {
            try UserImport(pipeline: rig.pipeline).user(record)
        }
    }

    @Test("of profiles nothing is imported")
    func profiles() throws {
        let record = try #require(
            try ImportRig().records("profile,gender,birthday,favorites_anime,link\nMira,Female,2000,[],x\n").first?
                .get())
        let reject = #expect(throws: ImportReject.self) { try UserImport(pipeline: ImportRig().pipeline).user(record) }
        #expect(reject?.reason.contains("nothing is imported") == true)
    }
}
