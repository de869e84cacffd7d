import Foundation

/// Ratings as they come, kept in a temporary file, as a matrix can be written only when its columns and their number are known.
///
/// Takes memory for each person (8 bytes) and each entry, none for a rating.
struct RatingSpool: ~Copyable {
    /// Bytes of one rating: the column as it was first met, and the score.
    static let width = 5

    private let descriptor: Int32
    private var pending: [UInt8] = []
    private var columns: [String: Int32] = [:]
    private var ends: [Int] = []
    private var count = 0

    /// Opens the file, which has no name: it is gone when the program is.
    init() throws(ExportError) {
        var template = Array(
            FileManager.default.temporaryDirectory.appendingPathComponent("ratings-XXXXXX").path.utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.failure() }
        unlink(template)
    }

    deinit { close(descriptor) }

    /// Adds a person's ratings.
    mutating func append(_ ratings: [PersonRatings.Rating]) throws(ExportError) {
        for rating in ratings {
            let column = columns[rating.entry] ?? Int32(columns.count)
            if Int(column) == columns.count { columns[rating.entry] = column }
            withUnsafeBytes(of: column.littleEndian) { pending += $0 }
            pending.append(UInt8(clamping: rating.score))
        }
        count += ratings.count
        ends.append(count)
        if pending.count >= 1 << 18 { try flush() }
    }

    /// The matrix of all that was added.
    mutating func finish() throws(ExportError) -> RatingMatrix {
        try flush()
        let keys = columns.sorted { $0.key < $1.key }
        var places = [Int32](repeating: 0, count: keys.count)
        for (place, column) in keys.enumerated() { places[Int(column.value)] = Int32(place) }
        let copy = dup(descriptor)
        guard copy >= 0 else { throw Self.failure() }
        return RatingMatrix(descriptor: copy, items: keys.map(\.key), places: places, ends: ends)
    }

    private mutating func flush() throws(ExportError) {
        var done = 0
        while done < pending.count {
            let written = pending.withUnsafeBytes {
                write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw Self.failure() }
            done += written
        }
        pending.removeAll(keepingCapacity: true)
    }

    static func failure() -> ExportError {
        ExportError(
            .file,
            "a temporary file in \(FileManager.default.temporaryDirectory.path): \(String(cString: strerror(errno)))")
    }
}
