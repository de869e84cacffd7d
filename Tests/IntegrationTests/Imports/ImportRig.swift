import Foundation
import MongoDriver
import Storage
import TestSupport
import WebStandards

/// A folder of files to import, a database of its own, and the program.
struct ImportRig: Sendable {
    let temporary: TemporaryDatabase
    let folder: URL
    private let environment: [String: String]

    static func with(_ body: (ImportRig) async throws -> Void) async throws {
        try await TemporaryDatabase.with { temporary in
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("import-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            try await body(ImportRig(temporary: temporary, folder: folder))
        }
    }

    private init(temporary: TemporaryDatabase, folder: URL) {
        (self.temporary, self.folder) = (temporary, folder)
        environment = [
            "MONGODB_URI": temporary.uri, "ANIMEMATCHER_DATABASE": temporary.name,
            "ANIMEMATCHER_USER_KEY": "a key of the tests", "TMPDIR": folder.path,
        ]
    }

    /// The program, perhaps through a proxy.
    func program(_ others: [String: String] = [:]) -> Program {
        Program("animematcher", environment: environment.merging(others) { $1 })
    }

    /// Runs `animematcher import`.
    func run(_ arguments: String..., input: Data = Data()) async throws -> Program.Result {
        try await program().run(["import"] + arguments, input: input)
    }

    /// Writes a file; its path.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = folder.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        return file.path
    }

    /// Writes a text; its path.
    func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }

    func text(_ name: String) -> String? {
        try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    func user(_ key: String) async throws -> JSONObject? { try await temporary.database.users.user(key) }

    func entry(_ key: String) async throws -> JSONObject? {
        try await temporary.database.catalogue.entries([key]).first
    }

    /// How far the only import has come.
    func position() async throws -> Int {
        let imports = temporary.client.database(temporary.name).collection("imports")
        return try await imports.findOne([:])?["position"]?.intValue ?? 0
    }

    /// Names of files in the folder.
    var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted() }
}

/// Made-up data sets.
enum ImportSamples {
    /// Entries as JSON lines, numbered from 1.
    static func entries(_ count: Int) -> String {
        (1...count).map { #"{"mal_id": \#($0), "title": "Ferry \#($0)", "type": "TV", "members": \#($0 * 3)}"# + "\n" }
            .joined()
    }

    /// Rows of ratings without a header, person after person.
    static func ratings(people: Int, each: Int) -> [String] {
        (1...people).flatMap { person in
            (1...each).map { "\(person),\($0 * 7 % 500 + 1),\(($0 + person) % 11 == 0 ? -1 : ($0 + person) % 10 + 1)" }
        }
    }
}
