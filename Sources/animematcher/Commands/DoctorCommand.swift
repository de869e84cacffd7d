import ArgumentParser
import CrawlEngine
import Foundation
import Storage
import Terminal
import WebStandards
import Webhooks

/// `animematcher doctor`: what is there and what is not.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is installed, reachable and configured, and what is not.",
        discussion: "  animematcher doctor --json")

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOptions

    /// One thing that was looked at.
    private struct Finding {
        let name: String
        let isGood: Bool
        let detail: String
    }

    func run() async throws {
        let database = await mongoDB()
        var findings = [projectFolder(), spiders(), wordNet(), contact(), database]
        if database.isGood { findings += await consumers() }
        if json {
            Console.print(
                JSONValue.array(
                    findings.map {
                        .object(["check": .string($0.name), "ok": .bool($0.isGood), "detail": .string($0.detail)])
                    }))
        } else {
            findings.forEach { Console.print("\($0.isGood ? "ok     " : "missing") \($0.name): \($0.detail)") }
        }
        if findings.contains(where: { !$0.isGood }) { throw ExitCode.failure }
    }

    private func projectFolder() -> Finding {
        look("project folder") { try ProjectFolder.locate().path }
    }

    private func spiders() -> Finding {
        look("spiders") { try ProjectFolder.spiders().loadAll().map(\.site).joined(separator: ", ") }
    }

    private func wordNet() -> Finding {
        let file = "/usr/share/wordnet/index.noun"
        let isThere = FileManager.default.fileExists(atPath: file)
        return Finding(name: "WordNet", isGood: isThere, detail: isThere ? file : "run: apt-get install wordnet-base")
    }

    private func contact() -> Finding {
        look("configuration") {
            let configuration = try database.configuration.load()
            return configuration.contact.map { "contact \($0)" } ?? "no contact: only this machine may be crawled"
        }
    }

    private func mongoDB() async -> Finding {
        do {
            let detail = try await database.withDatabase { database, _ in
                let counts = try await database.catalogue.counts()
                let version = try await database.migrator.version()
                return "\(counts.entries) entries, \(counts.anime) anime; database version \(version)"
            }
            return Finding(name: "MongoDB", isGood: true, detail: detail)
        } catch {
            return Finding(name: "MongoDB", isGood: false, detail: "\(error)")
        }
    }

    /// How the change log's consumers get on; nothing where there are none, or no database.
    private func consumers() async -> [Finding] {
        let report = try? await database.withDatabase { database, configuration in
            let lines = try await ConsumerLine.all(database)
            let secrets = configuration.webhooks.map { hook in
                Result { try WebhookSecret(variable: hook.secretVariable, environment: Self.environment) }.map { _ in ""
                }
            }
            return (
                lines,
                zip(configuration.webhooks, secrets).compactMap { hook, secret -> Finding? in
                    guard case .failure(let error) = secret else { return nil }
                    return Finding(name: "webhook \(hook.name)", isGood: false, detail: "\(error)")
                }
            )
        }
        guard let (lines, secrets) = report else { return [] }
        return lines.map { Finding(name: "consumer \($0.consumer.name)", isGood: $0.isGood, detail: $0.text) } + secrets
    }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    private func look(_ name: String, _ detail: () throws -> String) -> Finding {
        do { return Finding(name: name, isGood: true, detail: try detail()) } catch {
            return Finding(name: name, isGood: false, detail: "\(error)")
        }
    }
}
