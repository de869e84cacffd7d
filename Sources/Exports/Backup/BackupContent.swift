import WebStandards

extension BackupFolder {
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
        /// Collections that are none of ours, which a backup does not hold; known to who writes one.
        public var leftOut: [String] = []
        /// Collection → SHA-256 of its file; empty in a backup that an older program wrote.
        var hashes: [String: [UInt8]] = [:]
    }
}

extension BackupFolder.Content {
    private static let format: Int64 = 1

    /// As `backup.json` holds it.
    var object: JSONObject {
        [
            "format": .int(Self.format), "database_version": .int(Int64(version)), "change": .int(Int64(change)),
            "bytes": .int(Int64(bytes)),
            "documents": .object(
                JSONObject(documents.sorted { $0.key < $1.key }.map { ($0.key, .int(Int64($0.value))) })),
            "sha256": .object(
                JSONObject(hashes.sorted { $0.key < $1.key }.map { ($0.key, .string(Hexadecimal.text($0.value))) })),
        ]
    }

    /// Nil for what this program has not written.
    init?(_ object: JSONObject) {
        guard object["format"] == .int(Self.format), let version = object["database_version"]?.intValue,
            let change = object["change"]?.intValue, let bytes = object["bytes"]?.intValue,
            let counts = object["documents"]?.objectValue
        else { return nil }
        (self.version, self.change, self.bytes) = (Int(version), Int(change), Int(bytes))
        for (name, count) in counts {
            // It becomes a file's name.
            guard let count = count.intValue, !name.isEmpty, !name.hasPrefix("."),
                name.utf8.allSatisfy({ $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
            else { return nil }
            documents[name] = Int(count)
        }
        guard let hashes = object["sha256"] else { return }
        for (name, hash) in hashes.objectValue ?? [:] {
            guard let text = hash.stringValue, let bytes = Hexadecimal.bytes(text.utf8), bytes.count == 32
            else { return nil }
            self.hashes[name] = bytes
        }
        guard Set(self.hashes.keys) == Set(documents.keys) else { return nil }
    }
}
