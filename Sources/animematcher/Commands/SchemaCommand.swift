import ArgumentParser
import Foundation
import Storage
import Terminal
import WebStandards

/// `animematcher schema`: what the collections hold.
struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Say what each collection holds: fields, types, units, indexes, examples.",
        discussion: """
            Read from schemas/, without a database. All of it as one page: docs/data.md.

              animematcher schema list
              animematcher schema show entries
            """,
        subcommands: [List.self, Show.self, Docs.self])

    /// Names the collections.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Name the collections.")
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let collections = try SchemaCommand.dictionary().collections
            if json {
                Console.print(
                    .array(
                        collections.map {
                            .object([
                                "name": .string($0.name), "meaning": .string($0.meaning),
                                "product": .bool($0.isProduct), "fields": .int(Int64($0.fields.count)),
                            ])
                        }))
                return
            }
            var table = Table([("collection", .left), ("", .left)])
            for collection in collections { table.add([collection.name, collection.meaning]) }
            table.lines.forEach(Console.print)
        }
    }

    /// Shows one collection.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one collection: its fields, indexes and examples.")
        @Argument(help: "The collection.") var name: String

        func run() throws {
            let dictionary = try SchemaCommand.dictionary()
            guard let collection = dictionary[name] else {
                let known = dictionary.collections.map(\.name).joined(separator: ", ")
                throw Failure("no collection is called '\(Console.visible(name))'; there are \(known)")
            }
            collection.markdown.split(separator: "\n", omittingEmptySubsequences: false).forEach {
                Console.print(String($0))
            }
        }
    }

    /// Prints docs/data.md.
    struct Docs: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print all of it as the page docs/data.md.")

        func run() throws {
            // The page ends with a line feed of its own, as printing does.
            try SchemaCommand.dictionary().markdown.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .forEach { Console.print(String($0)) }
        }
    }

    private static func dictionary() throws -> DataDictionary {
        try DataDictionary(folder: try ProjectFolder.locate().appendingPathComponent("schemas"))
    }
}
