import CrawlDomain
import Testing

@testable import CrawlEngine

@Suite("How long pages are kept, in the configuration")
struct PageRetentionConfigurationTests {
    private func read(_ pages: String) throws -> Configuration {
        try Configuration(name: "c.yaml", bytes: Array("sites:\n  demo:\n    pages: \(pages)\n".utf8))
    }

    @Test("age and number are read; without them everything is kept")
    func read() throws {
        #expect(
            try read("{keep: 90d, most: 1000}").sites["demo"]?.pages
                == PageRetention(keep: .seconds(90 * 86_400), most: 1_000))
        #expect(try read("{}").sites["demo"]?.pages.keepsAll == true)
    }

    @Test(
        "what is wrong is told with its place",
        arguments: ["{keep: 90}", "{keep: 1s}", "{most: 0}", "{most: many}", "{per_url: 2}", "90d"])
    func mistakes(_ pages: String) {
        do {
            _ = try read(pages)
            Issue.record("\(pages) was read")
        } catch let error as YAMLError {
            #expect(error.mistakes.first?.description.hasPrefix("c.yaml:3:") == true, "\(error.mistakes)")
        } catch { Issue.record("\(error)") }
    }
}
