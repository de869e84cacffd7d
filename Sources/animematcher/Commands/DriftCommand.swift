import ArgumentParser

/// `animematcher drift`: what sites no longer give as they did, and what is held back because of it.
struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Show which fields sites no longer fill as they did, and end holds.",
        discussion: """
            While a crawl reads pages, control charts watch how often each field has a value, how often values equal the one \
            before, and how large they are. When a field drifts, publication of its site is held: anime and the index stay as they \
            were. Repair the spider, then read the stored pages again, which asks the site nothing and ends the hold:

              animematcher drift list
              animematcher drift show myanimelist
              animematcher reparse myanimelist

            Where the site has really changed, and what is read is right:

              animematcher drift release myanimelist --field background
            """,
        subcommands: [DriftListCommand.self, DriftShowCommand.self, DriftReleaseCommand.self])
}
