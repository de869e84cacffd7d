import Foundation
import MongoDriver
import WebStandards

/// A file of a backup: BSON documents, one after the other.
struct BackupFile {
    /// What was read.
    struct Measure {
        var documents = 0
        var bytes = 0
        var hash: [UInt8] = []
    }

    private static let pieceBytes = 4 << 20
    private static let mostDocumentBytes = 20 << 20
    private static let batch = 1_000

    let path: String

    /// Decodes every document, and calls `body` with some at a time.
    func read(_ body: ([BSONDocument]) async throws -> Void = { _ in }) async throws -> Measure {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw ExportError(.file, "\(path): cannot be read; expected a file of the backup")
        }
        defer { try? handle.close() }
        var (measure, hash, pending) = (Measure(), SHA256(), [UInt8]())
        while let piece = try handle.read(upToCount: Self.pieceBytes), !piece.isEmpty {
            hash.update(piece)
            measure.bytes += piece.count
            pending += piece
            var documents: [BSONDocument] = []
            var start = 0
            while let length = try length(pending[start...]), pending.count - start >= length {
                documents.append(try document(Array(pending[start..<start + length])))
                start += length
            }
            pending.removeFirst(start)
            for some in stride(from: 0, to: documents.count, by: Self.batch) {
                try await body(Array(documents[some..<min(some + Self.batch, documents.count)]))
            }
            measure.documents += documents.count
        }
        guard pending.isEmpty else {
            throw ExportError(.file, "\(path): ends in the middle of a document; expected whole BSON documents")
        }
        measure.hash = hash.finish()
        return measure
    }

    private func document(_ bytes: [UInt8]) throws -> BSONDocument {
        do { return try BSONDocument(bson: bytes) } catch {
            throw ExportError(.file, "\(path): is damaged; expected BSON documents: \(error)")
        }
    }

    /// The length that a document says it has; nil where not even that is there.
    private func length(_ bytes: ArraySlice<UInt8>) throws -> Int? {
        guard bytes.count >= 4 else { return nil }
        let length = bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard (5...Self.mostDocumentBytes).contains(length) else {
            throw ExportError(.file, "\(path): is damaged; expected BSON documents")
        }
        return length
    }
}
