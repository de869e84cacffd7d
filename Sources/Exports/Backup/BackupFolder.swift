import Foundation
import MongoDriver
public import Storage
import WebStandards

/// A backup: a folder with `NAME.bson` and `NAME.metadata.json` for each collection, as `mongorestore` reads them, and `backup.json`, which is
/// written last: without it the backup is none.
public struct BackupFolder: Sendable {
    /// Larger files are no list of collections.
    private static let mostManifestBytes = 1 << 20
    private static let manifest = "backup.json"

    private let folder: URL

    /// A folder by its path.
    public init(_ path: String) { folder = URL(fileURLWithPath: path) }

    func path(_ name: String) -> String { name.isEmpty ? folder.path : folder.appendingPathComponent(name).path }

    /// Writes everything of ours that a database holds at one moment into the folder, which must be new or empty. Nobody else may read it.
    ///
    /// - Throws: ``MigrationError``; `BackupStore.Refusal.nothing` where there is no collection of ours.
    public func write(_ database: AnimeDatabase) async throws -> Content {
        let store = database.backups
        let (definitions, others) = try await store.definitions()
        try makeFolder()
        var content = Content()
        content.version = try await database.migrator.version()
        content.leftOut = others
        var output: OutputFile?
        var current: String?
        var hash = SHA256()
        func finish() throws {
            try output?.commit()
            if let current { content.hashes[current] = hash.finish() }
            hash = SHA256()
        }
        try await store.read(definitions.map(\.name)) { name, documents in
            if name != current {
                try finish()
                output = try OutputFile(path("\(name).bson"), mayReplace: false, isPrivate: true)
                (current, content.documents[name]) = (name, 0)
            }
            for document in documents {
                let bytes = try document.bson()
                hash.update(bytes)
                try output?.write(bytes)
                content.documents[name, default: 0] += 1
                content.bytes += bytes.count
                if name == "counters", document["_id"]?.stringValue == "changes" {
                    content.change = document["value"]?.intValue ?? 0
                }
            }
        }
        try finish()
        for definition in definitions {
            let value: BSONDocument = [
                "indexes": .array(definition.indexes.map(BSONValue.document)), "options": .document(definition.options),
                "collectionName": .string(definition.name), "type": "collection",
            ]
            try write(value.extendedJSON(.canonical), to: "\(definition.name).metadata.json")
        }
        try write(JSONValue.object(content.object).serialized(), to: Self.manifest)
        return content
    }

    /// Makes the folder, or takes one that is there from everybody else; only an empty one, since others may need to read what is in it.
    private func makeFolder() throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), !isFolder.boolValue {
            throw ExportError(.file, "\(folder.path): is a file; expected a new folder")
        }
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty else {
            throw ExportError(.file, "\(folder.path): is not empty; expected a new folder for each backup")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
    }

    private func write(_ text: String, to name: String) throws {
        let file = try OutputFile(path(name), mayReplace: false, isPrivate: true)
        try file.write(text + "\n")
        try file.commit()
    }

    /// What the folder says that it holds.
    public func content() throws -> Content {
        guard let handle = FileHandle(forReadingAtPath: path(Self.manifest)),
            let data = try handle.read(upToCount: Self.mostManifestBytes),
            let object = try? JSONValue(parsing: [UInt8](data)).objectValue, let content = Content(object)
        else {
            throw ExportError(
                .file, "\(path(Self.manifest)): cannot be read; expected the folder of a backup that came to its end")
        }
        return content
    }
}
