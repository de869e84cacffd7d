import Testing
import WebStandards

@Suite("MetaRefresh")
struct MetaRefreshTests {
    @Test(
        "a delay and a target are read as browsers do",
        arguments: [
            ("5; url=http://a/b", 5, "http://a/b"), ("0;URL='x y'z", 0, "x y"), ("3,\turl = \"/q\"", 3, "/q"),
            ("1.9;u", 1, "u"), (" 2 /next", 2, "/next"), (".5;url=", 0, ""), ("7", 7, ""), ("0; urn:x", 0, "urn:x"),
            ("0; URL=\nhttp://a/", 0, "http://a/"), ("99999999999999999999;url=/a", 86_400, "/a"),
        ])
    func values(text: String, seconds: Int, target: String) {
        let refresh = MetaRefresh(text)
        #expect(refresh?.delay == .seconds(seconds))
        #expect(refresh?.target == target)
    }

    @Test("what is none is none", arguments: ["", "url=/a", "-1;url=/a", "5x;url=/a", "٥;url=/a", ";5"])
    func refusals(text: String) {
        #expect(MetaRefresh(text) == nil)
    }
}

@Suite("LinkHeader")
struct LinkHeaderTests {
    @Test("links are read with their relations, quoted or not")
    func links() {
        let links = LinkHeader.list(
            #"<https://a/1>; rel="canonical", </2> ; title="x, \"y\"; <z>" ;rel=Next; rel=prev,</3>;rel="a  B"; crossorigin, <>"#
        )
        #expect(links.map(\.target) == ["https://a/1", "/2", "/3", ""])
        #expect(links.map(\.relations) == [["canonical"], ["next"], ["a", "b"], []])
    }

    @Test("what is malformed ends the list", arguments: ["", "x", "<a", "a>; rel=x", ";<a>"])
    func refusals(text: String) {
        #expect(LinkHeader.list(text).isEmpty)
    }

    @Test("a header of many links is read up to a hundred")
    func many() {
        #expect(LinkHeader.list(String(repeating: "<a>;rel=x,", count: 100_000)).count == 100)
        #expect(LinkHeader.list("<a>" + String(repeating: ";", count: 1_000_000)).count == 1)
    }
}
