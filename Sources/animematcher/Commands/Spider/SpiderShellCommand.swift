import ArgumentParser
import Foundation
import Markup
import WebStandards
import Terminal

/// `animematcher spider shell`: tries selectors on a page.
struct SpiderShellCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell",
        abstract: "Try selectors on a page, with its tree, links and headers at hand.",
        discussion: """
            A URL is asked for under the rules of a crawl: its host needs a spider and, unless it is this machine, the \
            operator's contact and acknowledged terms; robots.txt and the gaps between requests hold. 'help' at the prompt \
            lists what can be asked.

              animematcher spider shell page.html
              animematcher spider shell --spider myanimelist --url URL page.html
              animematcher spider shell http://127.0.0.1:8765/topanime.php
              animematcher spider shell page.html -c 'css h1::text' -c 'links /anime/'
            """)

    @Argument(help: "A URL, a file, or - for standard input (with -c).")
    var page: String

    @Option(help: "The spider for 'item' and 'kinds'. Default: the one that has the URL's host.")
    var spider: String?

    @Option(help: "The URL a file was at.")
    var url: String?

    @Option(help: "The HTTP status a file was answered with.")
    var status = 200

    @Option(help: "The Content-Type a file was answered with.")
    var contentType: String?

    @Option(name: [.short, .long], help: "Run this instead of asking for commands; may be given several times.")
    var command: [String] = []

    @Option(help: "Lines one command prints at most.")
    var lines = 200

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        if lines < 1 { throw ValidationError("--lines: expected a number from 1") }
        if page == "-", command.isEmpty {
            throw ValidationError("the page takes standard input, so commands are given with -c")
        }
    }

    func run() async throws {
        let hints = ShellLoader.Hints(
            spider: spider, url: try url.map(address), status: status, contentType: contentType)
        var loader = ShellLoader(hints: hints, configuration: try configuration.load(), maximumLines: lines)
        do {
            let failed = try await converse(&loader)
            await loader.close()
            // Whoever typed the commands has seen what failed; a script has not.
            if failed, !Console.isInteractive || !command.isEmpty { throw ExitCode.failure }
        } catch {
            await loader.close()
            throw error
        }
    }

    /// Answers commands until there are no more; whether one failed.
    private func converse(_ loader: inout ShellLoader) async throws -> Bool {
        var session = try await opened(page, &loader, from: nil)
        Console.note(Console.visible(session.page.summary))
        var (failed, given) = (false, command.makeIterator())
        while let line = command.isEmpty ? prompted() : given.next() {
            do {
                guard let instruction = try ShellInstruction.parse(line) else { continue }
                switch instruction {
                case .quit: return failed
                case .fetch(let target), .open(let target):
                    let isFile = if case .open = instruction { true } else { false }
                    session = isFile ? try loader.open(file: target) : try await opened(target, &loader, from: session)
                    Console.note(Console.visible(session.page.summary))
                    if let next = session.redirect { Console.note("redirects; next: fetch \(Console.visible(next))") }
                default: try session.answer(instruction).print()
                }
            } catch {
                failed = true
                Console.error("\(error)")
            }
        }
        return failed
    }

    private func prompted() -> String? {
        if Console.isInteractive { Console.prompt("> ") }
        return readLine()
    }

    /// Opens a file at first; later, and for whatever reads as a URL, asks the host.
    private func opened(
        _ target: String, _ loader: inout ShellLoader, from session: ShellSession?
    ) async throws -> ShellSession {
        if session == nil, !target.hasPrefix("http://"), !target.hasPrefix("https://") {
            return try loader.open(file: target)
        }
        guard let url = WebURL(target, base: session?.page.base), url.isHTTP else {
            throw Failure("\(Console.visible(target)): expected an address like https://example.org/page")
        }
        return try await loader.fetch(url.withoutFragment.withoutCredentials)
    }

    private func address(_ text: String) throws -> WebURL {
        guard let url = WebURL(text), url.isHTTP else {
            throw ValidationError("--url \(Console.visible(text)): expected an address like https://example.org/page")
        }
        return url
    }
}
