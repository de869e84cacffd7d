import ArgumentParser

/// `animematcher import`: takes in public data sets.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import entries, ratings, lists, reviews and users from public data sets.",
        discussion: """
            Formats are recognised by content: CSV of Kaggle's data sets of MyAnimeList, MovieLens-like CSV and .dat, \
            anime-offline-database, MyAnimeList's XML export, and JSON lines of our own export; also .gz and .zst. \
            A bad row is named with its line and reason, written to FILE.rejected.csv, and left out; the rest is imported. \
            An import that died goes on where it was when the same command is given again.

              animematcher import entries anime.csv.gz
              animematcher import ratings rating.csv
              animematcher import ratings ratings.csv --items items.csv
              animematcher import list animelist.xml.gz --user NAME
              animematcher import entries anime-offline-database.json --dry-run
            """,
        subcommands: [
            ImportEntriesCommand.self, ImportRatingsCommand.self, ImportListCommand.self, ImportReviewsCommand.self,
            ImportUsersCommand.self, ImportPagesCommand.self,
        ])
}
