public import ArgumentParser
public import CrawlDomain
import Reports
import Storage
import Terminal
import WebStandards

/// `animematcher changes list`.
struct ChangesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List changes, oldest first.",
        discussion: """
            Where changes after the number asked for were compacted, that is said on standard error, and with --whole it is an error.

              animematcher changes list --after 1200 --limit 50
              animematcher changes list --subject anime --follow --json
            """)

    @Option(help: "Only those after this number.") var after = 0
    @Option(help: "How many at most; 100 by default, all of them with --follow or --key.") var limit: Int?
    @Option(help: "Only those of: entry, review, user, anime.") var subject: [ChangeSubject] = []
    @Option(help: "Only those of the document of this key.") var key: String?
    @Flag(help: "Go on with new ones as they are written, until Ctrl-C.") var follow = false
    @Flag(help: "Fail where some after the number asked for were removed.") var whole = false
    @Flag(help: "Print JSON, one change a line.") var json = false
    @OptionGroup var database: DatabaseOptions

    private static let page = 1_000
    /// How many are listed unless --limit or --follow says otherwise.
    private static let shown = 100

    func validate() throws {
        guard after >= 0 else { throw ValidationError("--after: expected a number of a change, or 0") }
        guard limit.map({ $0 > 0 }) != false else { throw ValidationError("--limit: expected at least 1") }
        if key != nil, follow || whole { throw ValidationError("--key goes neither with --follow nor with --whole") }
    }

    func run() async throws {
        try await database.withDatabase { database, _ in
            if let key {
                let subjects = subject.isEmpty ? ChangeSubject.allCases : subject
                var place = after
                var left = limit ?? .max
                while left > 0 {
                    let found = try await database.changes.changes(
                        of: key, among: subjects, after: place, limit: min(left, Self.page))
                    found.forEach(show)
                    guard found.count == Self.page, let last = found.last else { return }
                    (place, left) = (last.number, left - found.count)
                }
                return
            }
            let work = Task { try await list(database) }
            let signals = StopSignals { work.cancel() }
            defer { signals.cancel() }
            try await work.value
        }
    }

    private func list(_ database: AnimeDatabase) async throws {
        var place = after
        var left = limit ?? (follow ? .max : Self.shown)
        guard follow else { return try await list(database, &place, &left) }
        do {
            // From before the first page is read, so that nothing falls between.
            var waker = try await database.changes.waker()
            while !Task.isCancelled, left > 0 {
                try await list(database, &place, &left)
                try await waker.wait()
            }
        } catch {
            guard Task.isCancelled else { throw error }
        }
    }

    /// Lists what there is after a place, and moves it on.
    private func list(_ database: AnimeDatabase, _ place: inout Int, _ left: inout Int) async throws {
        while left > 0, !Task.isCancelled {
            let page = try await database.changes.page(after: place, limit: Self.page)
            if !page.isComplete, place == after { try warn(try await database.changes.history()) }
            for change in page.changes where left > 0 {
                place = change.number
                guard isWanted(change) else { continue }
                show(change)
                left -= 1
            }
            if page.changes.count < Self.page { return }
        }
    }

    private func warn(_ history: LogHistory) throws {
        let text =
            "changes up to \(history.compactedTo) were compacted: the newest of each document is there, earlier ones are not"
        if whole { throw Failure("\(text); compare with the collections") }
        Console.note(text)
    }

    private func isWanted(_ change: Change) -> Bool { subject.isEmpty || subject.contains(change.subject) }

    private func show(_ change: Change) { json ? Console.print(change.value) : Console.print(change.line) }
}

extension ChangeSubject: ExpressibleByArgument {}
