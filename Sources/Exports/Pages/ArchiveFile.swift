import Fetching
import Foundation
public import WebStandards

/// Reads the records of a web archive, compressed with gzip, zstd or not, with the memory of one.
public final class ArchiveFile {
    /// Bytes that are read at once; what they unpack to comes in pieces of a quarter of a megabyte.
    private static let pieceBytes = 64 << 10

    private let name: String
    private let handle: FileHandle
    private var reader: WARCReader

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
        var first = try piece()
        let decoder = StreamDecoder.coding(of: first ?? []).flatMap(StreamDecoder.init)
        func stored() throws(ExportError) -> [UInt8]? {
            guard let piece = first else { return try piece() }
            first = nil
            return piece
        }
        while let piece = try decoder.map({ try unpacked($0, stored) }) ?? stored() {
            let events: [WARCReader.Event]
            do throws(WARCError) { events = try reader.read(piece) } catch {
                throw ExportError(.file, "\(name): \(error)")
            }
            for event in events { try await body(event) }
        }
        do throws(WARCError) { try reader.finish() } catch { throw ExportError(.file, "\(name): \(error)") }
    }

    private func unpacked(_ decoder: StreamDecoder, _ stored: () throws -> [UInt8]?) throws -> [UInt8]? {
        do { return try decoder.next(stored) } catch let error as FetchError {
            throw ExportError(.file, "\(name): \(error.cause)")
        }
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
