import CrawlEngine
import Testing

@testable import Service

@Suite struct InstructionTests {
    private func read(_ form: String) throws -> Instruction {
        try Instruction(try OperatorForm(Array(form.utf8)), sites: ["demo"])
    }

    @Test(
        "buttons are read as what they say",
        arguments: [
            ("do=pause&site=demo&reason=it+is+moved%21", Instruction.pause(site: "demo", reason: "it is moved!")),
            ("do=pause&site=demo", .pause(site: "demo", reason: nil)), ("do=resume&site=demo", .resume(site: "demo")),
            ("do=pause-host&site=demo&host=127.0.0.1%3A80", .pauseHost("127.0.0.1:80", site: "demo")),
            ("do=resume-host&site=demo&host=h", .resumeHost("h", site: "demo")),
            ("do=start&site=demo", .start(site: "demo")), ("do=stop&site=demo", .stop(site: "demo")),
            ("do=retry&site=demo", .retry(site: "demo")),
            ("do=recrawl&site=demo&url=+HTTP%3A%2F%2FH%2Fa%20b+", .recrawl(url: "http://h/a%20b", site: "demo")),
            ("do=release&site=demo&page=anime&field=title", .release(site: "demo", page: "anime", field: "title")),
        ])
    func buttons(form: String, instruction: Instruction) throws { #expect(try read(form) == instruction) }

    @Test(
        "what no button sends is refused",
        arguments: [
            "", "do=pause", "do=pause&site=other", "do=pause&site=demo&site=demo", "do=fly&site=demo",
            "do=recrawl&site=demo&url=file%3A%2F%2F%2Fetc%2Fpasswd", "do=recrawl&site=demo&url=--whole",
            "do=recrawl&site=demo&url=javascript%3Aalert(1)", "do=pause-host&site=demo", "do=pause&site=demo%00",
            "do=pause&site=demo&reason=" + String(repeating: "x", count: 301),
            "do=recrawl&site=demo&url=http%3A%2F%2Fh%2F" + String(repeating: "x", count: 2_000),
            (0..<17).map { "f\($0)=1" }.joined(separator: "&"),
        ])
    func refused(form: String) { #expect(throws: Problem.self) { try read(form) } }

    @Test("a message is said to the session for which it was sealed, and to no other")
    func messages() throws {
        let (own, other) = (
            OperatorSession(token: NewToken().hash, secret: [1], now: 0),
            OperatorSession(token: NewToken().hash, secret: [1], now: 0)
        )
        let message = Message(text: "50 % of <b>demo</b> & more\n", isDone: false)
        let form = try OperatorForm(Array(message.address(for: own).dropFirst("/crawl?".count).utf8))
        let query = ["said": form["said"], "seal": form["seal"]]
        #expect(Message(query: query, session: own) == message)
        #expect(Message(query: query, session: other) == nil)
        #expect(Message(query: query.merging(["said": "+Send your token to evil.example"]) { $1 }, session: own) == nil)
        #expect(Message(query: [:], session: own) == nil)
    }
}
