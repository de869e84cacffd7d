import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

/// Follows what docs/operating.md says under "Backup and restore".
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct BackupTests {
    /// All documents, collection by collection, as bytes; without the change log's identity, which a restore changes.
    private func everything(_ temporary: TemporaryDatabase) async throws -> [String: Set<[UInt8]>] {
        let database = temporary.client.database(temporary.name)
        var all: [String: Set<[UInt8]>] = [:]
        for name in try await database.collectionNames() where !name.hasPrefix("system.") {
            let documents = try await database.collection(name).find([:]).all()
            all[name] = Set(
                try documents.map { document in
                    var document = document
                    if name == "counters" { document["identity"] = nil }
                    return try document.bson()
                })
        }
        return all
    }

    /// A site of which five pages were crawled, and its backup.
    private func withBackup(_ body: (_ rig: CrawlRig, _ folder: URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("backup-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await CrawlRig.with(anime: 10, users: 2) { rig in
            try await rig.crawl(rig.starts + ["--limit", "5"])
            #expect(try await rig.animematcher("backup", folder.path).status == 0)
            try await body(rig, folder)
        }
    }

    @Test("what was crawled is backed up and put back; the next crawl goes on, loses nothing and stores nothing twice")
    func restored() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("backup-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await CrawlRig.with(anime: 30, users: 8) { rig in
            try await rig.crawl(rig.starts + ["--limit", "40"])
            #expect(try await rig.animematcher("index", "build").status == 0)
            let before = try await everything(rig.temporary)
            let log = try await rig.temporary.database.changes.identity()
            // Somebody else's, which a restore would refuse.
            let database = rig.temporary.client.database(rig.temporary.name)
            try await database.collection("Of others").insert(["a": 1])
            // What the folder is, not the umask, decides who reads it.
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
            let backup = try await rig.animematcher("backup", folder.path, "--json")
            #expect(backup.status == 0, "\(backup.errors)")
            #expect(backup.object.number("documents") == before.values.reduce(0) { $0 + $1.count })
            #expect(backup.errors.contains("Of others"), "\(backup.errors)")
            #expect(try mode(folder) == 0o700)
            for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
                #expect(try mode(file) == 0o600, "\(file.lastPathComponent)")
            }

            // Goes on meanwhile; all of that is lost with the database.
            try await rig.crawl(["--resume"])
            let whole = try await CanonicalDump(of: rig.temporary)
            #expect(whole.defects.isEmpty, "\(whole.defects)")
            let refused = try await rig.animematcher("restore", folder.path)
            #expect(refused.status == 1 && refused.errors.contains("--replace"), "\(refused.errors)")
            try await rig.temporary.client.database(rig.temporary.name).drop()

            let restore = try await rig.animematcher("restore", folder.path)
            #expect(restore.status == 0, "\(restore.errors)")
            #expect(try await everything(rig.temporary) == before)
            #expect(try await rig.temporary.database.changes.identity() != log)
            let index = try await rig.animematcher("index", "verify", "--json")
            #expect(index.status == 0 && index.object["equal"] as? Bool == true, "\(index.errors)")

            try await rig.crawl(["--resume"])
            let again = try await CanonicalDump(of: rig.temporary)
            #expect(
                again.differences(from: whole).isEmpty && again.defects.isEmpty, "\(again.differences(from: whole))")
            #expect(try await rig.animematcher("index", "update").status == 0)
            let after = try await rig.animematcher("index", "verify", "--json")
            #expect(after.status == 0 && after.object["equal"] as? Bool == true, "\(after.errors)")
        }
    }

    @Test(
        "a folder that is no whole backup is refused before anything is dropped",
        arguments: ["cut", "changed", "missing", "bytes", "manifest", "names"])
    func damaged(how: String) async throws {
        try await withBackup { rig, folder in
            let manifest = folder.appendingPathComponent("backup.json")
            let file = folder.appendingPathComponent("frontier.bson")
            switch how {
            case "cut": try Data(contentsOf: file).dropLast(3).write(to: file)
            case "changed":
                // A document as whole as before.
                var bytes = [UInt8](try Data(contentsOf: file))
                let place = try #require(bytes.firstRange(of: Array("http://".utf8)))
                bytes[place.lowerBound] = 0x67
                try Data(bytes).write(to: file)
            case "missing": try FileManager.default.removeItem(at: file)
            case "bytes":
                let text = try String(contentsOf: manifest, encoding: .utf8)
                try Data(text.replacing("\"bytes\":", with: "\"bytes\":1").utf8).write(to: manifest)
            case "manifest": try FileManager.default.removeItem(at: manifest)
            default:
                let text = try String(contentsOf: manifest, encoding: .utf8)
                try Data(text.replacing("\"frontier\"", with: "\"../frontier\"").utf8).write(to: manifest)
            }
            let before = try await everything(rig.temporary)
            let result = try await rig.animematcher("restore", folder.path, "--replace")
            #expect(result.status == 1 && result.errors.contains("expected"), "\(result.errors)")
            if ["cut", "changed", "missing"].contains(how) {
                #expect(result.errors.contains("frontier.bson"), "\(result.errors)")
            }
            #expect(try await everything(rig.temporary) == before)
        }
    }

    @Test("what programs work with is not dropped for a restore")
    func inUse() async throws {
        try await withBackup { rig, folder in
            let (leaders, runs) = (rig.temporary.database.leaders, rig.temporary.database.runs)
            let leadership = try #require(try await leaders.take("index", owner: "other", seconds: 600))
            let run = try #require(try await runs.ended(site: "demo", limit: 1).first?.run)
            var running = run
            running.state = .running
            try await runs.record(running)
            let before = try await everything(rig.temporary)
            let refused = try await rig.animematcher("restore", folder.path, "--replace")
            #expect(refused.status == 1 && refused.errors.contains("in use: serve is at work (index), a crawl of demo"))
            #expect(try await everything(rig.temporary) == before)
            try await leaders.release(leadership)
            try await runs.record(run)
            let restored = try await rig.animematcher("restore", folder.path, "--replace")
            #expect(restored.status == 0, "\(restored.errors)")
        }
    }

    @Test("a restore that was cut off is no database, until it is repeated")
    func cutOff() async throws {
        try await withBackup { rig, folder in
            let before = try await everything(rig.temporary)
            try await rig.temporary.database.backups.begin(0, replacing: true)
            for command in [["crawl", "demo", "--resume"], ["backup", folder.path + "-second"], ["migrate"]] {
                let refused = try await Program("animematcher", environment: rig.environment).run(command)
                #expect(refused.status == 1 && refused.errors.contains("--replace"), "\(refused.errors)")
            }
            let doctor = try await rig.animematcher("doctor")
            #expect(doctor.status == 1 && doctor.output.contains("cut off"), "\(doctor.output)")
            let again = try await rig.animematcher("restore", folder.path, "--replace")
            #expect(again.status == 0, "\(again.errors)")
            #expect(try await everything(rig.temporary) == before)
        }
    }

    @Test("a database without a collection of ours is not backed up")
    func nothing() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("backup-\(UUID().uuidString)")
        try await CrawlRig.with(anime: 1, users: 1) { rig in
            try await rig.temporary.client.database(rig.temporary.name).drop()
            let refused = try await rig.animematcher("backup", folder.path)
            #expect(refused.status == 1 && refused.errors.contains("nothing to back up"), "\(refused.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder.path))
        }
    }

    private func mode(_ url: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
    }
}
