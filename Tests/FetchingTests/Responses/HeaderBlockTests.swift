@testable import Fetching
import Testing
import WebStandards

@Suite("HeaderBlock")
struct HeaderBlockTests {
    private func read(_ lines: [String], _ limits: FetchLimits = .init()) -> (HeaderBlock, [HeaderBlock.Verdict]) {
        var block = HeaderBlock(limits: limits)
        let verdicts = lines.map { line in Array("\(line)\r\n".utf8).withUnsafeBufferPointer { block.take($0) } }
        return (block, verdicts)
    }

    @Test("the last block counts, and nothing after its end")
    func lastBlock() {
        let (block, _) = read(["HTTP/1.1 100 Continue", "A: 1", "", "HTTP/2 200", "B:2", "C:  3 ", "", "D: 4"])
        #expect(block.headers.map(\.description) == ["B: 2", "C: 3"])
    }

    @Test("a line without colon is passed over")
    func noColon() {
        #expect(read(["HTTP/1.1 200 OK", "nonsense", "A: 1"]).0.headers.count == 1)
    }

    @Test("the bytes of a value are kept as they came, UTF-8 or not")
    func rawBytes() {
        var block = HeaderBlock(limits: .init())
        let values = [Array("/caf".utf8) + [0xe9], Array("/café".utf8)]
        for line in [Array("HTTP/1.1 200 OK".utf8)] + values.map({ Array("Location: ".utf8) + $0 }) {
            _ = line.withUnsafeBufferPointer { block.take($0) }
        }
        #expect(block.headers.named("location").map(\.bytes) == values)
        #expect(block.headers.all("location") == ["/café", "/café"])
    }

    @Test("bytes and lines are counted over all blocks")
    func limits() {
        var limits = FetchLimits()
        limits.maximumHeaderFields = 3
        #expect(read(["HTTP/1.1 100 C", "", "HTTP/1.1 200 OK", "a: b"], limits).1.last == .tooLarge)
        limits = FetchLimits()
        limits.maximumHeaderBytes = 20
        #expect(read(["HTTP/1.1 200 OK", "abc"], limits).1 == [.go, .tooLarge])
    }

    @Test(
        "lengths must agree",
        arguments: [
            (["5"], true), (["5", "5"], true), (["5, 5"], true), (["5", "6"], false), ([""], false), (["5,"], false),
        ])
    func lengths(values: [String], isFine: Bool) {
        let verdicts = read(["HTTP/1.1 200 OK"] + values.map { "Content-Length: \($0)" } + [""]).1
        #expect((verdicts.last == .go) == isFine)
    }
}
