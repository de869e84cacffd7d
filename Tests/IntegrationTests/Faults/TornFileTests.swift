import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

extension FaultTests {
    @Suite("Torn files")
    struct TornFileTests {
        @Test(
            "a spider that is torn, invalid or gone when a crawl starts is one error that names the file, and nothing is asked"
        )
        func atStart() async throws {
            try await FaultRig.with(.tiny) { rig in
                let file = rig.home.spider("spread")
                let whole = try Data(contentsOf: file)
                let torn = whole.prefix(whole.count / 3)
                for content in [
                    torn, Data("site: spread\nextends: nobody\n".utf8), Data([0xFF, 0xFE, 0]), Data(), nil,
                ] {
                    if let content { try content.write(to: file) } else { try FileManager.default.removeItem(at: file) }
                    let result = try await rig.program.run(FaultRig.arguments())
                    #expect(result.status != 0 && result.output.isEmpty)
                    #expect(result.errors.contains("spread"), "\(result.errors)")
                    #expect(result.errors.split(separator: "\n").count <= 12, "\(result.errors)")
                }
                #expect(rig.site.log.settledEntries().isEmpty)
            }
        }

        @Test("a configuration that is torn or gone is one error, and nothing is asked")
        func configuration() async throws {
            try await FaultRig.with(.tiny) { rig in
                let text = rig.plan.configuration(port: rig.site.port)
                for content in [String(text.prefix(text.count / 2)), "sites: [", "\u{0}"] {
                    try Data(content.utf8).write(to: rig.home.configuration)
                    let result = try await rig.program.run(FaultRig.arguments())
                    #expect(result.status != 0, "\(content.prefix(40))")
                    #expect(!result.errors.isEmpty && !result.errors.contains("Fatal"), "\(result.errors)")
                }
                try FileManager.default.removeItem(at: rig.home.configuration)
                let named = ["ANIMEMATCHER_CONFIG": rig.home.configuration.path]
                let program = Program("animematcher", environment: rig.environment.merging(named) { $1 })
                let result = try await program.run(FaultRig.arguments())
                #expect(result.status != 0 && result.errors.contains("animematcher.yaml"), "\(result.errors)")
                #expect(rig.site.log.settledEntries().isEmpty)
            }
        }

        @Test("files that are torn, replaced or deleted under a running crawl have no effect on it")
        func underway() async throws {
            try await FaultRig.with(FaultSite.small.with(delay: 20)) { rig in
                let meter = RequestMeter(rig.site)
                let crawl = try await rig.start([])
                await meter.wait(for: 30, of: crawl)
                try Data("hosts: [".utf8).write(to: rig.home.spider("spread"))
                try Data("sites: {spread: {delay: -1".utf8).write(to: rig.home.configuration)
                await meter.wait(for: 30, of: crawl)
                try FileManager.default.removeItem(at: rig.home.spider("spread"))
                try FileManager.default.removeItem(at: rig.home.spider("myanimelist"))
                #expect(await crawl.exit() == 0, "\(crawl.errors)")
                try await rig.expectReference()
            }
        }
    }
}
