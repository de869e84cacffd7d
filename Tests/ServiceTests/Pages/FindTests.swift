import Indexing
import Testing

@testable import Service

@Suite struct FindQueryTests {
    private func query(_ text: String) throws -> FindQuery { try FindQuery(FormFields.decode(text)) }

    @Test(
        "what a form says in many words has one address",
        arguments: [
            ("q=&user=&from_year=&series=next&story_share=0.02&diversity=0.0&count=12", "/"),
            ("like=A&add_like=B&q=b", "/?like=A&like=B"), ("like=A&like=B&remove=A", "/?like=B"),
            ("like=A&add_dislike=A", "/?dislike=A"), ("like=A&like=A&remove=C", "/?like=A"),
            ("story_share=0.5&like=%20A%20&unknown=1", "/?like=A&story_share=0.5"),
        ])
    func canonical(text: String, address: String) throws {
        let query = try query(text)
        #expect(query.address == address)
        // Where it leads to says the same in no more words, so nobody is sent in a circle.
        let again = try self.query(address.split(separator: "?").dropFirst().joined())
        #expect(again.address == address && !again.isVerbose)
    }

    @Test(
        "an address that is right already is answered",
        arguments: ["", "like=A&type=TV&type=Movie&planned=true", "utm_source=x", "utm_source="])
    func answered(text: String) throws { #expect(try !query(text).isVerbose) }

    @Test("options are those of the API")
    func options() throws {
        let options = try query("story_share=0.7&series=exclude&type=TV&from_year=2000&listed=true&count=24").options
        #expect(
            options.storyShare == 0.7 && options.series == .exclude && options.includesListed && options.count == 24)
        #expect(options.filter.types == ["tv"] && options.filter.years == 2000...2100)
        #expect(try query("").options.count == 12)
    }

    @Test(
        "what cannot be is refused",
        arguments: ["story_share=2", "series=some", "from_year=soon", "count=1000", "planned=yes", "user=\u{0}"])
    func refused(text: String) { #expect(throws: Problem.self) { try query(text) } }

    @Test("marks have an end")
    func marks() {
        let many = (0..<51).map { "like=\($0)" }.joined(separator: "&")
        #expect(throws: Problem.self) { try query(many) }
    }

    @Test("a list that was brought is not in the address")
    func list() throws {
        let query = try query("list=demo:1|9|completed&like=A")
        #expect(query.address == "/?like=A" && query.list == "demo:1|9|completed" && query.hasPerson)
    }
}

@Suite struct CarriedListTests {
    @Test("what goes to the page comes back as it was")
    func round() throws {
        let list = CarriedList(rows: [
            .init(entry: "myanimelist:5114", score: 9, status: "completed"),
            .init(entry: "demo:1", score: 0, status: nil),
        ])
        #expect(list.text == "myanimelist:5114|9|completed demo:1|0|")
        #expect(try CarriedList(list.text) == list)
    }

    @Test("nothing else comes back", arguments: ["a", "a|11|", "|1|", "a|1|asleep", "a|x|", "a|1||"])
    func refused(text: String) { #expect(throws: Problem.self) { try CarriedList(text) } }
}

@Suite struct ReasonModelTests {
    @Test("each kind of reason says what it is, and its part of the score")
    func kinds() {
        let liked = ReasonModel(.liked("A/b", share: 0.274, through: nil))
        #expect(liked.lead == "Because you liked" && liked.liked?.address == "/anime/A%2Fb" && liked.share == 27)
        #expect(ReasonModel(.liked("A", share: 0.2, through: "B")).through?.title == "B")
        #expect(ReasonModel(.topic(words: ["bus", "valley"], share: 1)).words == "bus, valley")
        #expect(ReasonModel(.popular).share == nil)
    }
}
