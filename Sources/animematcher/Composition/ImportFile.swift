import Foundation

/// A file to import, piece by piece.
struct ImportFile: Sequence, IteratorProtocol {
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

    /// The next piece; nil at the end, also when the file can be read no further.
    mutating func next() -> [UInt8]? {
        guard let piece = try? handle.read(upToCount: Self.pieceBytes), !piece.isEmpty else { return nil }
        return [UInt8](piece)
    }
}
