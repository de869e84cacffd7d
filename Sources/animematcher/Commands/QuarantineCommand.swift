import ArgumentParser
import CrawlDomain
import Foundation
import Storage
import Terminal
import WebStandards

/// `animematcher quarantine`: values that are not believed yet.
struct QuarantineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine",
        abstract: "Show values that were read and are not believed yet; release or drop them.",
        discussion: """
            A score that falls from 9 to 1, members that fall by half, a synopsis that is gone: the item goes on with the old value, \
            and the new one is believed when a visit a day and a half later reads it again, unless the site drifts then. A page that \
            lacks much of what is stored is refused as a whole: fields_lost, text_cut.

              animematcher quarantine list demo
              animematcher quarantine release demo:12 --field score
              animematcher quarantine drop demo:12
            """,
        subcommands: [List.self, Release.self, Drop.self])

    /// Lists them.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the values that are kept apart.")
        @Argument(help: "The site; all of them by default.") var site: String?
        @Option(help: "How many items of each type are listed.") var limit = QuarantineStore.largest
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func validate() throws {
            guard limit > 0 else { throw ValidationError("--limit is a number of items, at least 1") }
        }

        func run() async throws {
            try await database.withDatabase { database, _ in
                if let site { try await ProjectFolder.check(site: site, in: database) }
                let values = try await database.quarantine.list(site: site, limit: limit)
                if json { return Console.print(.array(values.map(\.value))) }
                if values.isEmpty { Console.print("nothing is kept apart") }
                values.forEach { Console.print($0.line) }
                let items = Dictionary(grouping: values, by: \.type).mapValues { Set($0.map(\.key)).count }
                if items.values.contains(where: { $0 >= limit }) {
                    Console.print("there may be more: \(limit) items of each type are listed (--limit)")
                }
            }
        }
    }

    /// Believes them.
    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Store what is kept apart of an item, as if it had been confirmed.")
        @OptionGroup var choice: QuarantineChoice
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, _ in
                let values = try await choice.values(in: database)
                try await database.quarantine.release(values)
                values.forEach { Console.print("released: \($0.line)") }
            }
        }
    }

    /// Forgets them.
    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget what is kept apart of an item; a visit that reads it again keeps it apart anew.")
        @OptionGroup var choice: QuarantineChoice
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, _ in
                let values = try await choice.values(in: database)
                try await database.quarantine.drop(values)
                values.forEach { Console.print("dropped: \($0.line)") }
            }
        }
    }
}

/// Which values of one item.
struct QuarantineChoice: ParsableArguments {
    @Argument(help: "The item's key, such as demo:12.") var key: String
    @Option(help: "Only this field.") var field: String?

    func values(in database: AnimeDatabase) async throws -> [DoubtedValue] {
        let values = try await database.quarantine.list(key: key).filter { field == nil || $0.field == field }
        guard !values.isEmpty else {
            throw Failure(
                "nothing is kept apart of '\(key)'\(field.map { " in the field '\($0)'" } ?? ""); "
                    + "see: animematcher quarantine list")
        }
        return values
    }
}

extension DoubtedValue {
    private static let shown = 80

    fileprivate var line: String {
        "\(key) \(field): \(kept.doubt.rawValue), stored \(shown(stored)), read \(shown(kept.value)) "
            + "since \(kept.firstSeen.formatted(.iso8601)), \(kept.visits == 1 ? "1 visit" : "\(kept.visits) visits")"
    }

    /// A text that was cut begins as the stored one does: how long each is says more.
    private func shown(_ value: JSONValue) -> String {
        if isCut, let text = value.stringValue { return "\(text.count) characters" }
        return Self.text(value)
    }

    private var isCut: Bool {
        guard let before = stored.stringValue, let after = kept.value.stringValue else { return false }
        return kept.doubt == .textCut || kept.doubt == .fieldsLost && !after.isEmpty && after.count < before.count
    }

    private static func text(_ value: JSONValue) -> String {
        String(String(decoding: value.serializedBytes().prefix(4 * shown), as: UTF8.self).prefix(shown))
    }

    fileprivate var value: JSONValue {
        .object([
            "key": .string(key), "type": .string(type.rawValue), "field": .string(field), "stored": stored,
            "read": kept.value, "reason": .string(kept.doubt.rawValue),
            "first_seen": .string(kept.firstSeen.formatted(.iso8601)), "visits": .int(Int64(kept.visits)),
        ])
    }
}
