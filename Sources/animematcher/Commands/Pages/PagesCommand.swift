import ArgumentParser

/// `animematcher pages`: the raw pages that are kept.
struct PagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pages",
        abstract: "Show what is kept of raw pages, and delete what is not to be kept.",
        discussion: """
            Of each URL the newest answer is kept, as the server compressed it, so that a better spider can read it again without \
            asking the site. How long, and how many, the configuration says for each site:

              sites:
                myanimelist:
                  pages: {keep: 90d, most: 200000}

            Every crawl of the site ends by applying it, and by keeping equal bodies once.

              animematcher pages status
              animematcher pages prune myanimelist
              animematcher export pages pages.warc.gz
              animematcher import pages pages.warc.gz
            """,
        subcommands: [PagesStatusCommand.self, PagesPruneCommand.self])
}
