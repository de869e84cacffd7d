import Foundation

/// A file to import, piece by piece.
struct ImportFile {
    private static let pieceBytes = 1 << 20

    let name: String
    private let handle: FileHandle

    init(_ name: String) throws {
        guard let handle = FileHandle(forReadingAtPath: name) else {
            throw Failure("\(name): cannot be read; expected the path of a file")
        }
        self.name = name
        self.handle = handle
    }

    /// The next piece; nil at the end.
    func nextPiece() throws -> [UInt8]? {
        do {
            guard let piece = try handle.read(upToCount: Self.pieceBytes), !piece.isEmpty else { return nil }
            return [UInt8](piece)
        } catch {
            throw Failure("\(name): cannot be read; expected a file")
        }
    }
}
