public import Storage

extension BackupFolder {
    /// Puts everything back, into a database that is empty.
    ///
    /// Nothing is dropped before every file was read and found whole.
    ///
    /// - Parameter replacing: Whether what the database holds may be dropped first.
    public func restore(to database: AnimeDatabase, replacing: Bool, schemas: SchemaSet) async throws -> Content {
        let content = try content()
        let store = database.backups
        try await store.refuse(content.version, replacing: replacing)
        try await check(content)
        try await store.begin(content.version, replacing: replacing)
        for name in content.documents.keys.sorted() {
            let measure = try await file(name).read { try await store.insert($0, into: name) }
            try compare(measure, name, content)
        }
        try await store.end()
        _ = try await database.prepare(schemas)
        return content
    }

    /// Reads everything, and compares it with what the manifest says.
    private func check(_ content: Content) async throws {
        var bytes = 0
        for name in content.documents.keys.sorted() {
            let measure = try await file(name).read()
            try compare(measure, name, content)
            bytes += measure.bytes
        }
        guard bytes == content.bytes else {
            throw ExportError(.file, "\(path("")): \(bytes) bytes of documents; expected \(content.bytes)")
        }
    }

    private func compare(_ measure: BackupFile.Measure, _ name: String, _ content: Content) throws {
        let expected = content.documents[name] ?? 0
        guard measure.documents == expected else {
            throw ExportError(.file, "\(file(name).path): \(measure.documents) documents; expected \(expected)")
        }
        guard measure.hash == content.hashes[name] ?? measure.hash else {
            throw ExportError(.file, "\(file(name).path): is not what was written; expected the SHA-256 of backup.json")
        }
    }

    private func file(_ collection: String) -> BackupFile { BackupFile(path: path("\(collection).bson")) }
}
