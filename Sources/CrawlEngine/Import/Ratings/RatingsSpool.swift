public import Foundation

/// Puts the rows of a file of ratings in the order of people, whatever order they come in, within a bounded memory.
///
/// Rows are divided by a hash of the person into ``parts``; what does not fit in memory goes to a temporary file that has no name, so that
/// nothing of it is left however the program ends.
public final class RatingsSpool {
    /// A run of one part's rows in the file.
    private struct Chunk {
        let offset: Int64
        let count: Int
    }

    /// One part at a time is put in order in memory: of 100 million rows, each has 400,000.
    public static let parts = 256
    private static let bufferBytes = 64 << 10

    private var buffers = [[UInt8]](repeating: [], count: parts)
    private var chunks = [[Chunk]](repeating: [], count: parts)
    private var file: FileHandle?
    private var end: Int64 = 0
    private let folder: URL

    /// How many rows there are.
    public private(set) var rows = 0

    /// Makes an empty spool.
    ///
    /// - Parameter folder: Where the temporary file is made, if there is need of one.
    public init(folder: URL = FileManager.default.temporaryDirectory) {
        self.folder = folder
    }

    /// Takes a row.
    func add(_ row: RatingRow) throws {
        let part = Int(Self.hash(row.user) % UInt64(Self.parts))
        row.append(to: &buffers[part])
        rows += 1
        if buffers[part].count > Self.bufferBytes - RatingRow.maximumBytes { try spill(part) }
    }

    /// The people of one part with their rows, by name; of several rows with one entry the last counts.
    public func people(of part: Int) throws -> [RatedPerson] {
        var people: [String: [String: RatingRow]] = [:]
        func take(_ bytes: UnsafeRawBufferPointer) {
            var place = 0
            while let row = RatingRow(bytes, at: &place) {
                // One more than there may be says that there are too many.
                if people[row.user]?.count ?? 0 > ImportLimits.listRows, people[row.user]?[row.entry] == nil {
                    continue
                }
                people[row.user, default: [:]][row.entry] = row
            }
        }
        for chunk in chunks[part] {
            guard let file else { break }
            try file.seek(toOffset: UInt64(chunk.offset))
            guard let bytes = try file.read(upToCount: chunk.count), bytes.count == chunk.count else {
                throw ImportError("the temporary file in \(folder.path) cannot be read")
            }
            bytes.withUnsafeBytes(take)
        }
        buffers[part].withUnsafeBytes(take)
        return people.map { RatedPerson(user: $0.key, rows: $0.value) }.sorted { $0.user < $1.user }
    }

    private func spill(_ part: Int) throws {
        let file = try file ?? open()
        do {
            try file.seek(toOffset: UInt64(end))
            try file.write(contentsOf: buffers[part])
        } catch {
            throw ImportError(
                "cannot write a temporary file in \(folder.path); expected room for it (TMPDIR says where): \(error)")
        }
        chunks[part].append(Chunk(offset: end, count: buffers[part].count))
        end += Int64(buffers[part].count)
        buffers[part].removeAll(keepingCapacity: true)
    }

    private func open() throws -> FileHandle {
        let path = folder.appendingPathComponent("animematcher-\(UUID().uuidString)").path
        let descriptor = path.withCString { Foundation.open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
        guard descriptor >= 0 else {
            throw ImportError("cannot make a temporary file in \(folder.path); set TMPDIR to a folder with room")
        }
        unlink(path)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        file = handle
        return handle
    }

    /// FNV-1a; the same in every process, so that an import that goes on meets people in the same order.
    private static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        // The last bits alone depend on too little.
        return hash ^ hash >> 32
    }
}
