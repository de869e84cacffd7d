import ArgumentParser
import CrawlEngine
import Foundation
import Terminal

/// `animematcher serve`: becomes `animematcher-serve`, which lies beside this program.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the service: the indexer that follows changes, the scheduler, webhooks, and the HTTP API.",
        discussion: """
            Starts animematcher-serve, built apart so that nobody who wants a crawl waits for a web server to compile:
              swift build --product animematcher-serve

              animematcher serve --port 8080
              animematcher serve --help-all
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Show animematcher-serve's own options.")
    var helpAll = false

    @Argument(parsing: .captureForPassthrough, help: "Options of animematcher-serve.")
    var arguments: [String] = []

    func run() throws {
        let beside = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let program = beside.appendingPathComponent("animematcher-serve").path
        guard FileManager.default.isExecutableFile(atPath: program) else {
            Console.error(
                "\(program) is not built; run: swift build --product animematcher-serve (with -c release beside a release build)"
            )
            throw ExitCode.failure
        }
        // The configuration decides for both programs alike.
        if let file = configuration.config { setenv("ANIMEMATCHER_CONFIG", file, 1) }
        let configuration = try configuration.load()
        setenv("MONGODB_URI", configuration.mongodb, 1)
        setenv("ANIMEMATCHER_DATABASE", configuration.database, 1)
        let words = [program] + (helpAll ? ["--help"] : arguments)
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        // Only returns when it failed.
        execv(program, &pointers)
        throw Failure("\(program): \(String(cString: strerror(errno)))")
    }
}
