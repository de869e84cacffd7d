import Foundation
import MongoDriver
public import Storage
import WebStandards

/// A backup: a folder with `NAME.bson` and `NAME.metadata.json` for each collection, as `mongorestore` reads them, and `backup.json`, which is
/// written last: without it the backup is none.
public struct BackupFolder: Sendable {
    /// What a backup holds.
    public struct Content: Sendable, Hashable {
        /// The version of the database's shapes.
        public var version = 0
        /// The newest change.
        public var change = 0
        /// Collection → documents.
        public var documents: [String: Int] = [:]
        /// Bytes of all documents.
        public var bytes = 0
    }

    /// Larger files are no list of collections.
    private static let mostManifestBytes = 1 << 20
    private static let pieceBytes = 4 << 20
    private static let mostDocumentBytes = 20 << 20
    private static let manifest = "backup.json"

    private let folder: URL

    /// A folder by its path.
    public init(_ path: String) { folder = URL(fileURLWithPath: path) }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Writes everything that a database holds at one moment into the folder, which must be new or empty.
    public func write(_ database: AnimeDatabase) async throws -> Content {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty else {
            throw ExportError(.file, "\(folder.path): is not empty; expected a new folder for each backup")
        }
        let store = database.backups
        let definitions = try await store.definitions()
        var content = Content()
        content.version = try await database.migrator.version()
        var output: OutputFile?
        var current: String?
        try await store.read(definitions.map(\.name)) { name, documents in
            if name != current {
                try output?.commit()
                output = try OutputFile(path("\(name).bson"), mayReplace: false)
                (current, content.documents[name]) = (name, 0)
            }
            for document in documents {
                let bytes = try document.bson()
                try output?.write(bytes)
                content.documents[name, default: 0] += 1
                content.bytes += bytes.count
                if name == "counters", document["_id"]?.stringValue == "changes" {
                    content.change = document["value"]?.intValue ?? 0
                }
            }
        }
        try output?.commit()
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

    private func write(_ text: String, to name: String) throws {
        let file = try OutputFile(path(name), mayReplace: false)
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

    /// Puts everything back, into a database that is empty.
    ///
    /// - Parameter replacing: Whether what the database holds may be dropped first.
    public func restore(to database: AnimeDatabase, replacing: Bool, schemas: SchemaSet) async throws -> Content {
        let content = try content()
        try await database.backups.clear(for: content.version, replacing: replacing)
        // What says which version the rest is of comes last: a restore that died is not taken for a database.
        let names = content.documents.keys.sorted {
            ($0 == "migrations" ? 1 : 0, $0) < ($1 == "migrations" ? 1 : 0, $1)
        }
        for name in names {
            let count = try await restore(name, to: database)
            guard count == content.documents[name] else {
                throw ExportError(
                    .file, "\(path(name)).bson: \(count) documents; expected \(content.documents[name] ?? 0)")
            }
        }
        _ = try await database.prepare(schemas)
        return content
    }

    private func restore(_ name: String, to database: AnimeDatabase) async throws -> Int {
        guard let handle = FileHandle(forReadingAtPath: path("\(name).bson")) else {
            throw ExportError(.file, "\(path(name)).bson: cannot be read; expected a file of the backup")
        }
        var pending: [UInt8] = []
        var count = 0
        while let piece = try handle.read(upToCount: Self.pieceBytes), !piece.isEmpty {
            pending += piece
            var documents: [BSONDocument] = []
            var start = 0
            while let length = try length(pending[start...], name), pending.count - start >= length {
                documents.append(try BSONDocument(bson: Array(pending[start..<start + length])))
                start += length
            }
            pending.removeFirst(start)
            for some in stride(from: 0, to: documents.count, by: 1_000) {
                try await database.backups.insert(
                    Array(documents[some..<min(some + 1_000, documents.count)]), into: name)
            }
            count += documents.count
        }
        guard pending.isEmpty else { throw ExportError(.file, "\(path(name)).bson: ends in the middle of a document") }
        return count
    }

    /// The length that a document says it has; nil where not even that is there.
    private func length(_ bytes: ArraySlice<UInt8>, _ name: String) throws -> Int? {
        guard bytes.count >= 4 else { return nil }
        let length = bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard (5...Self.mostDocumentBytes).contains(length) else {
            throw ExportError(.file, "\(path(name)).bson: is damaged; expected BSON documents")
        }
        return length
    }
}

extension BackupFolder.Content {
    private static let format: Int64 = 1

    fileprivate var object: JSONObject {
        [
            "format": .int(Self.format), "database_version": .int(Int64(version)), "change": .int(Int64(change)),
            "bytes": .int(Int64(bytes)),
            "documents": .object(
                JSONObject(documents.sorted { $0.key < $1.key }.map { ($0.key, .int(Int64($0.value))) })),
        ]
    }

    fileprivate init?(_ object: JSONObject) {
        guard object["format"] == .int(Self.format), let version = object["database_version"]?.intValue,
            let change = object["change"]?.intValue, let counts = object["documents"]?.objectValue
        else { return nil }
        self.version = Int(version)
        self.change = Int(change)
        bytes = Int(object["bytes"]?.intValue ?? 0)
        for (name, count) in counts {
            // It becomes a file's name.
            guard let count = count.intValue, !name.isEmpty, !name.hasPrefix("."),
                name.utf8.allSatisfy({ $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
            else { return nil }
            documents[name] = Int(count)
        }
    }
}
