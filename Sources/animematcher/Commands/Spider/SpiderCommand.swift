import ArgumentParser

/// `animematcher spider`: what a spider's author works with.
struct SpiderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spider",
        abstract: "Write spiders: begin one, try selectors, keep fixture pages, check.",
        discussion: """
            Only 'shell' and 'record' with a URL, and 'new' without a file, ask a host; all else works without network.

              animematcher spider new example --url URL --from page.html
              animematcher spider shell page.html
              animematcher spider record page.html --url URL
              animematcher spider check example
              animematcher spider table --spider example pages/
            """,
        subcommands: [
            SpiderNewCommand.self, SpiderShellCommand.self, SpiderRecordCommand.self, SpiderCheckCommand.self,
            SpiderTableCommand.self,
        ])
}
