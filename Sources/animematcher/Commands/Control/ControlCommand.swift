import ArgumentParser

/// `animematcher control`: looks at running crawls from another terminal, or another machine, and steers them.
struct ControlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "control",
        abstract: "Look at running crawls, pause them, slow them down, end them.",
        discussion: """
            What is asked is kept in MongoDB, reaches running crawls within about two seconds, and holds for later ones \
            until it is taken back. New work is given to a running crawl by `animematcher frontier add` and `frontier recrawl`.

              animematcher control status demo
              animematcher control pause demo --reason "the site asked us to"
              animematcher control pause demo --host 127.0.0.1:8765
              animematcher control resume demo
              animematcher control rate demo --delay 8s
              animematcher control rate demo --promised
              animematcher control stop demo
            """,
        subcommands: [
            ControlStatusCommand.self, ControlPauseCommand.self, ControlResumeCommand.self, ControlRateCommand.self,
            ControlStopCommand.self,
        ])
}
