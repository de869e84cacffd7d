import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct AnimeListXMLTests {
    private let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!-- made -->\n"

    private func list(_ text: String) throws -> AnimeListXML { try AnimeListXML(Array(text.utf8)) }

    @Test("an export becomes a list; dates are as precise as they are, and a person's own remarks are left out")
    func export() throws {
        let list = try list(
            head + """
                <myanimelist>
                  <myinfo><user_id>5</user_id><user_name> Mira </user_name><user_total_anime>3</user_total_anime></myinfo>
                  <anime>
                    <series_animedb_id>1</series_animedb_id><series_title><![CDATA[Star <&> Ferry]]></series_title>
                    <series_type>TV</series_type><my_watched_episodes>12</my_watched_episodes>
                    <my_start_date>2019-04-00</my_start_date><my_finish_date>0000-00-00</my_finish_date>
                    <my_score>9</my_score><my_status>Plan to Watch</my_status><my_rewatching>1</my_rewatching>
                    <my_comments><![CDATA[secret]]></my_comments><my_tags><![CDATA[secret]]></my_tags>
                  </anime>
                  <anime><series_animedb_id>2</series_animedb_id><series_title>Far &amp; D&#xF6;g</series_title><my_score>0</my_score><my_status>On-Hold</my_status><my_start_date>2020-02-29</my_start_date></anime>
                  <anime><series_animedb_id>3</series_animedb_id><my_score>11</my_score></anime>
                  <manga><manga_mangadb_id>4</manga_mangadb_id></manga>
                </myanimelist>
                """)
        #expect(list.userName == "Mira")
        #expect(
            list.rows.read == [
                .init(id: 1, title: "Star <&> Ferry", score: 9, status: "plan_to_watch"),
                .init(id: 2, title: "Far & Dög", score: 0, status: "on_hold"),
            ])
        #expect(list.rows.rejects.map(\.description) == ["record 3: my_score: expected 0 to 10, 0 for none"])
        var rejects: [ImportReject] = []
        let item = try AnimeListImport(site: "myanimelist", pipeline: ImportRig().pipeline)
            .list(list.records, name: "mira", rejects: &rejects)
        #expect(item.key == "myanimelist:mira")
        let rows = try #require(item.fields["list"]?.arrayValue)
        #expect(rows.count == 2)
        #expect(rows[0]["title"] == "Star <&> Ferry")
        #expect(rows[0]["status"] == "plan_to_watch")
        #expect(rows[0]["started"] == "2019-04")
        #expect(rows[0]["finished"] == .null)
        #expect(rows[0]["rewatching"] == true)
        #expect(rows[1]["title"] == "Far & Dög")
        #expect(rows[1]["started"] == "2020-02-29")
        #expect(rows[1]["status"] == "on_hold")
        #expect(rejects.map(\.description) == ["record 3: my_score: expected 0 to 10, 0 for none"])
        #expect(!JSONValue.object(item.fields).serialized().contains("secret"))
    }

    @Test(
        "bombs and what is not well-formed are refused with line and reason",
        arguments: [
            (
                "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]><myanimelist>&lol2;</myanimelist>",
                "document type"
            ),
            ("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><myanimelist/>", "document type"),
            ("<myanimelist>&lol;</myanimelist>", "the entity &lol; is not known"),
            ("<myanimelist><anime>", "the text ends inside <anime>"),
            ("<myanimelist></anime>", "</anime>, expected </myanimelist>"),
            ("<myanimelist a=\"", "a tag that does not end"), ("<myanimelist></myanimelist><x/>", "a second root"),
            ("<other/>", "expected <myanimelist>"), ("<myanimelist>&#xD800;</myanimelist>", "is not known"),
            ("<myanimelist><![CDATA[x", "the text ends before ']]>'"),
            ("<myanimelist>" + String(repeating: "<a>", count: 100_000), "more than 16 elements"),
        ])
    func refused(text: String, reason: String) {
        let error = #expect(throws: ImportError.self) { try list(head + text) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("line ") == true)
    }

    @Test("any cut of an export is refused or a list, without a trap")
    func cuts() {
        let text =
            head + "<myanimelist x='<'><myinfo/><anime><series_animedb_id>1</series_animedb_id></anime></myanimelist>"
        for count in 0..<text.utf8.count { _ = try? AnimeListXML(Array(text.utf8.prefix(count))) }
        #expect((try? list(text))?.records.count == 1)
    }
}
