import ArgumentParser

/// The program's entry point: names the commands, nothing else.
@main
struct Fuzz: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Feed parsers with mutated inputs and check what must always hold.",
        discussion: """
            Iteration I of seed S has the same input in every run with the same corpus, so any of them can be had again.

              fuzz run all --iterations 1000
              fuzz run html --seconds 600 --seed 7 --corpus ../shared
              fuzz repeat findings/html-1-523.min --target html
            """,
        subcommands: [RunCommand.self, RepeatCommand.self, ListCommand.self, WorkCommand.self])
}
