import ArgumentParser
import CrawlDomain
import CrawlEngine
import Fetching
import Foundation
import Storage
import Terminal
import WebStandards
import Webhooks

/// `animematcher webhook`: those who are told of changes.
struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook",
        abstract: "Tell others of changes by signed messages; see what could not be delivered.",
        discussion: """
            Webhooks stand in the configuration; `animematcher serve` delivers to them, and so does `run`. Any number of programs may: \
            one at a time has the turn. docs/change-log.md says what receivers get and how to check it.

              animematcher webhook list
              animematcher webhook test recommender
              animematcher webhook run recommender --once
              animematcher webhook parked recommender
              animematcher webhook retry recommender
              animematcher webhook drop recommender --number 1207
              animematcher webhook resume recommender
            """,
        subcommands: [
            List.self, WebhookRunCommand.self, Test.self, Parked.self, Retry.self, Drop.self, Resume.self, Skip.self,
        ])

    /// Lists them.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the configuration's webhooks and how they get on.")
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, configuration in
                let known = try await ConsumerLine.all(database)
                for hook in configuration.webhooks {
                    let line = known.first { $0.consumer.webhook == hook.name }
                    if json {
                        var object: JSONObject = ["name": .string(hook.name), "url": .string(hook.shownURL)]
                        object["state"] = line?.value ?? .null
                        Console.print(.object(object))
                    } else {
                        Console.print("\(hook.name)  \(hook.shownURL)  \(line?.text ?? "nothing delivered yet")")
                    }
                }
                if configuration.webhooks.isEmpty, !json { Console.print("the configuration has no webhooks") }
            }
        }
    }

    /// Sends a ping.
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a message that says nothing, and show the answer.")
        @OptionGroup var choice: WebhookChoice
        @OptionGroup var configuration: ConfigurationOptions

        func run() async throws {
            let answer = try await choice.withSender(try configuration.load()) { await $0.ping() }
            Console.print(answer.description)
            if answer != .accepted { throw ExitCode.failure }
        }
    }

    /// Lists what is parked.
    struct Parked: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "List changes that were passed over, because they, or earlier ones of their documents, were refused.")
        @OptionGroup var choice: WebhookChoice
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, configuration in
                let parked = try await database.position(of: choice.consumer(configuration)).read().delivery.parked
                for one in parked {
                    if json {
                        Console.print(
                            .object([
                                "number": .int(Int64(one.number)), "subject": .string(one.subject.rawValue),
                                "key": .string(one.key), "reason": .string(one.reason),
                            ]))
                    } else {
                        Console.print("\(one.number)  \(one.subject.rawValue) \(one.key): \(one.reason)")
                    }
                }
                if parked.isEmpty, !json { Console.print("nothing is parked") }
            }
        }
    }

    /// Sends it again.
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Send what is parked once more, in order.")
        @OptionGroup var choice: WebhookChoice
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, configuration in
                let consumer = try choice.consumer(configuration)
                let count = try await choice.withSender(configuration) { sender in
                    try await WebhookDeliverer(database: database, sender: sender).retryParked()
                }
                guard let count else { throw Failure("another program is delivering; try again in a moment") }
                let left = try await database.position(of: consumer).read().delivery.parked
                Console.print("\(count) delivered, \(left.count) still parked")
                if !left.isEmpty { throw ExitCode.failure }
            }
        }
    }

    /// Gives it up.
    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give parked changes up: the receiver never gets them.")
        @OptionGroup var choice: WebhookChoice
        @Option(help: "Only this one; the document's next may then be sent by `retry`.") var number: Int?
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, configuration in
                _ = try choice.webhook(configuration)
                let count = try await WebhookUpkeep(database: database, webhook: choice.name).drop(number: number)
                guard count > 0 else { throw Failure("nothing of that is parked; see: animematcher webhook parked") }
                Console.print("\(count) given up")
            }
        }
    }

    /// Lets it go on.
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Deliver again at once, where a webhook was stopped or waits.")
        @OptionGroup var choice: WebhookChoice
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, configuration in
                _ = try choice.webhook(configuration)
                try await WebhookUpkeep(database: database, webhook: choice.name).resume()
                Console.print("\(choice.name) goes on")
            }
        }
    }

    /// Leaves changes out.
    struct Skip: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Begin after a change: those up to it are not delivered, or delivered once more.",
            discussion: """
                  animematcher webhook skip recommender            to the newest change
                  animematcher webhook skip recommender --to 0     everything once more
                """)
        @OptionGroup var choice: WebhookChoice
        @Option(help: "The change, 0 to the newest one's number; the newest by default.") var to: Int?
        @OptionGroup var database: DatabaseOptions

        func validate() throws {
            if let to, to < 0 {
                throw ValidationError("--to \(to): expected 0, or the number of a change up to the newest")
            }
        }

        func run() async throws {
            try await database.withDatabase { database, configuration in
                _ = try choice.webhook(configuration)
                let newest = try await database.changes.newest()
                let number = to ?? newest
                // Changes that are still to come would be skipped as well, without a word.
                guard number <= newest else {
                    throw Failure("--to \(number): expected 0 to \(newest), the newest change's number")
                }
                try await WebhookUpkeep(database: database, webhook: choice.name).skip(to: number)
                Console.print("\(choice.name) goes on after change \(number)")
            }
        }
    }
}
