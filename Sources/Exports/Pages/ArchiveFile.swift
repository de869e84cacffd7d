import Foundation
public import WebStandards

/// Reads the records of a web archive, compressed with gzip or not, with the memory of one.
public final class ArchiveFile {
    /// Bytes that are read at once; what they unpack to comes in pieces of a quarter of a megabyte.
    private static let pieceBytes = 64 << 10

    private let name: String
    private let handle: FileHandle
    private var reader: WARCReader
    private var gunzip: GunzipStream?
    private var isFirst = true

    /// Opens one.
    ///
    /// - Parameter maximumBlockBytes: Records with more are passed over.
    public init(_ name: String, maximumBlockBytes: Int) throws(ExportError) {
        guard let handle = name == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: name) else {
            throw ExportError(
                .file, "\(name): cannot be read; expected the path of a WARC file, or - for standard input")
        }
        self.name = name
        self.handle = handle
        reader = WARCReader(maximumBlockBytes: maximumBlockBytes)
    }

    /// Calls `body` with what is in the file, in its order.
    ///
    /// - Throws: ``ExportError`` where the file breaks off or is none; what was before that has been handed on.
    public func forEach(_ body: (WARCReader.Event) async throws -> Void) async throws {
        while let piece = try piece() {
            if isFirst, piece.starts(with: [0x1F, 0x8B]) { gunzip = GunzipStream() }
            isFirst = false
            var pieces: [[UInt8]] = []
            if let gunzip {
                var rest = piece[...]
                // So little at once that even what unpacks to a thousand times as much fits into memory.
                while !rest.isEmpty {
                    let some = Array(rest.prefix(4 << 10))
                    rest = rest.dropFirst(some.count)
                    pieces.removeAll()
                    guard gunzip.read(some, { pieces.append($0) }) else {
                        throw ExportError(.file, "\(name): the gzip data is broken")
                    }
                    for piece in pieces { try await take(piece, body) }
                }
            } else {
                try await take(piece, body)
            }
        }
        guard gunzip?.isComplete ?? true else { throw ExportError(.file, "\(name): the gzip data ends early") }
        do throws(WARCError) { try reader.finish() } catch { throw ExportError(.file, "\(name): \(error)") }
    }

    private func take(_ piece: [UInt8], _ body: (WARCReader.Event) async throws -> Void) async throws {
        let events: [WARCReader.Event]
        do throws(WARCError) { events = try reader.read(piece) } catch { throw ExportError(.file, "\(name): \(error)") }
        for event in events { try await body(event) }
    }

    private func piece() throws(ExportError) -> [UInt8]? {
        do {
            guard let data = try handle.read(upToCount: Self.pieceBytes), !data.isEmpty else { return nil }
            return [UInt8](data)
        } catch {
            throw ExportError(.file, "\(name): cannot be read; expected a WARC file")
        }
    }
}
